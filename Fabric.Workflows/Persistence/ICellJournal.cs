namespace Fabric.Workflows.Persistence;

/// <summary>The only way rows of a cell's hot path are written: small batches, committed together by one writer.</summary>
public interface ICellJournal
{
    /// <summary>Returns when the batch is durable.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="cancellationToken">Stops waiting; a batch that was taken is written all the same.</param>
    /// <returns>The rows as written, with the sequences, hashes and cursors that the commit gave them.</returns>
    /// <exception cref="StaleEpochException">The batch's owner lost the environment; nothing of the batch was written.</exception>
    /// <exception cref="RowConflictException">A row to be added exists; nothing of the batch was written.</exception>
    /// <exception cref="CellUnreachableException">The database cannot be written (full disk, lost connection …); nothing was written.</exception>
    Task<IReadOnlyList<object>> CommitAsync(JournalBatch batch, CancellationToken cancellationToken = default);
}

/// <summary>The writer is not the owner of the environment any more.</summary>
public sealed class StaleEpochException(Guid environmentId, long epoch, long current)
    : Exception($"Environment {environmentId} was taken over: epoch {epoch} is older than {current}.")
{
    /// <summary>The environment.</summary>
    public Guid EnvironmentId { get; } = environmentId;
}

/// <summary>A row that was to be added exists already.</summary>
public sealed class RowConflictException(string table, Exception? inner = null)
    : Exception($"A row with the same key exists in {table}.", inner)
{
    /// <summary>The table.</summary>
    public string Table { get; } = table;
}

/// <summary>A cell's database cannot be used now. The message says which cell, why, and what to do.</summary>
public sealed class CellUnreachableException(string cell, string message, Exception? inner = null)
    : Exception($"Cell {cell} is unreachable: {message}", inner)
{
    /// <summary>Slug of the cell.</summary>
    public string Cell { get; } = cell;
}
