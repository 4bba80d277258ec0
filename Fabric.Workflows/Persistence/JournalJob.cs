using Fabric.Workflows.Environments;
using Fabric.Workflows.Persistence.Rows;

namespace Fabric.Workflows.Persistence;

/// <summary>What a caller waits for: one batch, or one take-over.</summary>
internal abstract class JournalJob
{
    /// <summary>The environment whose epoch guards the job; null when none does.</summary>
    public virtual Guid? Owner => null;

    /// <summary>Writes through the session; what it throws is this job's own failure unless the database itself failed.</summary>
    public abstract void Write(JournalGroup group);

    /// <summary>The caller has its answer.</summary>
    public abstract bool IsOver { get; }

    /// <summary>The group is durable.</summary>
    public abstract void Complete();

    /// <summary>Nothing of the job was written.</summary>
    public abstract void Fail(Exception exception);
}

/// <summary>A batch on its way. Rows are turned into values by the caller's thread, so that the writer's has only to write.</summary>
internal sealed class BatchJob : JournalJob
{
    private readonly JournalBatch batch;
    private readonly (RowStatement? Statement, object?[]? Values)[] encoded;
    private readonly TaskCompletionSource<IReadOnlyList<object>> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private object[] rows = [];

    public BatchJob(JournalBatch batch, RowTables tables)
    {
        this.batch = batch;
        encoded = new (RowStatement?, object?[]?)[batch.Writes.Count];
        for (var i = 0; i < encoded.Length; i++)
        {
            var write = batch.Writes[i];
            var statement = tables[write.Row.GetType()].Statement(write);
            encoded[i] = (statement, Stamps.Applies(write.Kind, write.Row) ? null : statement?.Values(write.Row));
        }
    }

    public Task<IReadOnlyList<object>> Task => done.Task;

    public override bool IsOver => done.Task.IsCompleted;

    /// <summary>The rows as written; removed ones wrapped.</summary>
    public IEnumerable<object> Written => batch.Writes.Select((w, i) => w.Kind == WriteKind.Remove ? new RemovedRow(rows[i]) : rows[i]);

    public override Guid? Owner => batch.Owner;

    /// <summary>The owner's epoch.</summary>
    public long Epoch => batch.Epoch;

    public override void Write(JournalGroup group)
    {
        foreach (var write in batch.Writes)
        {
            if (write is { Kind: not WriteKind.Remove, Row: FabricEnvironment made })
                group.Created(made.Id, made.Epoch);
        }

        if (batch.Owner is { } owner && !group.Holds(owner, batch.Epoch))
            throw new StaleEpochException(owner, batch.Epoch, group.Epoch(owner));
        rows = new object[encoded.Length];
        for (var i = 0; i < encoded.Length; i++)
        {
            var (statement, values) = encoded[i];
            rows[i] = values is null ? group.Stamps.Give(batch.Writes[i].Row) : batch.Writes[i].Row;
            if (statement is not null)
                group.Session.Write(statement, values ?? statement.Values(rows[i]));
        }
    }

    public override void Complete() => done.TrySetResult(rows);

    public override void Fail(Exception exception) => done.TrySetException(exception);
}

/// <summary>A take-over on its way.</summary>
internal sealed class TakeOverJob(Guid environmentId) : JournalJob
{
    private readonly TaskCompletionSource<long?> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long? epoch;

    /// <summary>The environment.</summary>
    public Guid EnvironmentId => environmentId;

    /// <summary>The new epoch; null when there is no such environment.</summary>
    public Task<long?> Task => done.Task;

    public override bool IsOver => done.Task.IsCompleted;

    public override void Write(JournalGroup group) => epoch = group.RaiseEpoch(environmentId);

    public override void Complete() => done.TrySetResult(epoch);

    public override void Fail(Exception exception) => done.TrySetException(exception);
}

/// <summary>Asks the writer to open its connection anew.</summary>
internal sealed class ReopenJob : JournalJob
{
    private readonly TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Task => done.Task;

    public override bool IsOver => done.Task.IsCompleted;

    public override void Write(JournalGroup group)
    {
    }

    public override void Complete() => done.TrySetResult();

    public override void Fail(Exception exception) => done.TrySetException(exception);
}

/// <summary>A row that was deleted, in what subscribers of a journal get.</summary>
/// <param name="Row">The row as it was named for removal.</param>
public sealed record RemovedRow(object Row);
