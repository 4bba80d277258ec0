namespace Fabric.Workflows.Persistence;

/// <summary>The only way rows of a cell are written: small batches, committed together by one writer.</summary>
public interface ICellJournal
{
    /// <summary>
    /// Returns when the batch is durable. A <c>RunEvent</c> or <c>AuditEvent</c> always gets the next sequence; an <c>Intent</c> gets one
    /// when its own is 0 and keeps it otherwise, so that writing it again does not move the agent's cursor. The epoch of an environment is
    /// written when the row is added and by no later write.
    /// </summary>
    /// <param name="batch">The rows.</param>
    /// <param name="cancellationToken">Stops waiting; a batch that was taken is written all the same.</param>
    /// <returns>The rows in the batch's order, as written: with the sequences, hashes and cursors that the commit gave them.</returns>
    /// <exception cref="StaleEpochException">
    /// The batch's owner lost the environment, or a batch it handed over before: an owner need not wait for one batch before it hands over the
    /// next, and none is written on top of a lost one until the environment is taken over anew. Nothing of the batch was written.
    /// </exception>
    /// <exception cref="RowConflictException">A row to be added exists; nothing of the batch was written.</exception>
    /// <exception cref="CellUnreachableException">The database cannot be written (full disk, lost connection …); nothing was written unless its <c>OutcomeUnknown</c> says so.</exception>
    Task<IReadOnlyList<object>> CommitAsync(JournalBatch batch, CancellationToken cancellationToken = default);
}

/// <summary>The writer is not the owner of the environment any more, or has to take it over anew.</summary>
public sealed class StaleEpochException(Guid environmentId, long epoch, long? current)
    : Exception(current is null
        ? $"Environment {environmentId} does not exist in this cell."
        : epoch == current
            ? $"A batch of environment {environmentId} was lost before this one: take it over anew."
            : $"Environment {environmentId} was taken over: epoch {epoch} is not {current}.")
{
    /// <summary>The environment.</summary>
    public Guid EnvironmentId { get; } = environmentId;

    /// <summary>True when nobody else took over: a batch of this very owner was lost, and taking over anew goes on where the database stands.</summary>
    public bool IsOwnLoss { get; } = current is not null && epoch == current;
}

/// <summary>A row that was to be added exists already.</summary>
public sealed class RowConflictException(string table, Exception? inner = null)
    : Exception($"A row with the same key exists in {table}.", inner)
{
    /// <summary>The table.</summary>
    public string Table { get; } = table;
}

/// <summary>A cell's database cannot be used now. The message says which cell, why, and what to do.</summary>
public sealed class CellUnreachableException(string cell, string sentence, Exception? inner = null)
    : Exception($"Cell {cell} is unreachable: {sentence}", inner)
{
    /// <summary>Slug of the cell.</summary>
    public string Cell { get; } = cell;

    /// <summary>Why, and what to do.</summary>
    public string Sentence { get; } = sentence;

    /// <summary>True when the connection was lost in a commit and the database cannot be asked whether it arrived; false when nothing was written.</summary>
    public bool OutcomeUnknown { get; init; }
}
