using Fabric.Workflows.Persistence.Rows;

namespace Fabric.Workflows.Persistence;

/// <summary>The connection a journal writes with. Used by one thread; thrown away after a failure of the database.</summary>
internal interface IJournalSession : IDisposable
{
    /// <summary>Tables of the cell.</summary>
    RowTables Tables { get; }

    /// <summary>The table written last: the one that a refusal is about.</summary>
    string Table { get; }

    /// <summary>Starts a transaction and locks the cell's heads, so that writers of a cell stand in line even across servers.</summary>
    CellHeads Begin();

    /// <summary>Raises the environment's epoch; null when there is no such environment.</summary>
    long? RaiseEpoch(Guid environmentId);

    /// <summary>Epochs of those of the environments that exist.</summary>
    Dictionary<Guid, long> Epochs(IReadOnlyCollection<Guid> environmentIds);

    /// <summary>Writes a row now, or at the next <see cref="Flush"/> at the latest.</summary>
    void Write(RowStatement statement, object?[] values);

    /// <summary>Returns when everything written so far was accepted by the database.</summary>
    void Flush();

    /// <summary>Sets the point that <see cref="Back"/> returns to.</summary>
    void Mark();

    /// <summary>Undoes what was written since <see cref="Mark"/>.</summary>
    void Back();

    /// <summary>Makes the transaction durable.</summary>
    void Commit();

    /// <summary>Undoes the transaction; never throws.</summary>
    void Rollback();
}
