namespace Fabric.Workflows.Persistence;

/// <summary>How one row is written.</summary>
public enum WriteKind
{
    /// <summary>Insert; the batch is refused when the key exists.</summary>
    Add,

    /// <summary>Insert, or replace the row with the same key.</summary>
    Put,

    /// <summary>Delete by key; a missing row is no fault.</summary>
    Remove,

    /// <summary>Update the columns in which the row differs from what stands; the batch is refused when there is no such row.</summary>
    Change,
}

/// <summary>One row of a batch.</summary>
public readonly record struct JournalWrite(WriteKind Kind, object Row, object? Before = null);

/// <summary>
/// Rows that become durable together or not at all. A batch with an owner is refused alone when that environment's epoch has moved on.
/// </summary>
public sealed class JournalBatch
{
    private readonly List<JournalWrite> writes = [];

    /// <summary>A batch without an owner: rows that belong to no environment, or whose rows guard themselves.</summary>
    public JournalBatch()
    {
    }

    /// <summary>A batch written by the owner of an environment.</summary>
    /// <param name="environmentId">The environment.</param>
    /// <param name="epoch">The epoch the owner was given at take-over.</param>
    public JournalBatch(Guid environmentId, long epoch) => (Owner, Epoch) = (environmentId, epoch);

    /// <summary>The environment whose epoch guards the batch; null when none does.</summary>
    public Guid? Owner { get; }

    /// <summary>The owner's epoch.</summary>
    public long Epoch { get; }

    /// <summary>The rows, in the order they are written.</summary>
    public IReadOnlyList<JournalWrite> Writes => writes;

    /// <summary>True when nothing is to be written.</summary>
    public bool IsEmpty => writes.Count == 0;

    /// <summary>Inserts a row.</summary>
    public JournalBatch Add(object row) => Write(WriteKind.Add, row);

    /// <summary>Inserts or replaces a row.</summary>
    public JournalBatch Put(object row) => Write(WriteKind.Put, row);

    /// <summary>Deletes a row by its key.</summary>
    public JournalBatch Remove(object row) => Write(WriteKind.Remove, row);

    /// <summary>Writes what is new about a row.</summary>
    /// <param name="before">The row as it stands when this batch is written.</param>
    /// <param name="row">The same row as it is to be.</param>
    public JournalBatch Change(object before, object row)
    {
        writes.Add(new JournalWrite(WriteKind.Change, row, before));
        return this;
    }

    private JournalBatch Write(WriteKind kind, object row)
    {
        writes.Add(new JournalWrite(kind, row));
        return this;
    }
}
