using Microsoft.Extensions.Logging;

namespace Fabric.Workflows.Persistence;

/// <summary>
/// Group commit: callers queue batches, one thread per cell takes all that wait, writes them in one transaction and then lets the
/// callers go. While the disk syncs one group the next one gathers, so throughput grows with load and a lone caller never waits for others.
/// </summary>
public sealed partial class CellJournal : ICellJournal, IAsyncDisposable
{
    private const int QueuedBatches = 8_192;
    private const int BatchesPerGroup = 2_048;

    private readonly string cell;
    private readonly StorageProvider storage;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly SemaphoreSlim slots = new(QueuedBatches);
    private readonly JournalQueue queue = new();
    private readonly CommitFeed feed;
    private readonly BrokenEpochs broken = new();
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IJournalSession? session;
    private volatile string? fault;
    private bool full;
    private int disposed;

    /// <summary>Opens the journal of a cell whose database is prepared.</summary>
    internal CellJournal(string cell, StorageProvider storage, TimeProvider time, ILogger logger)
    {
        (this.cell, this.storage, this.time, this.logger) = (cell, storage, time, logger);
        session = storage.OpenJournal(cell);
        Tables = session.Tables;
        feed = new CommitFeed(logger);
        new Thread(Run) { IsBackground = true, Name = $"journal {cell}" }.Start();
    }

    /// <summary>
    /// Why the last group could not be written, and what to do; null while all is well. It does not wait for somebody who writes: after
    /// <see cref="StorageProvider.LooksAgainAfter"/> with nothing to write the journal looks by itself. Of a full disk alone only a write tells.
    /// </summary>
    public string? Fault => fault;

    /// <summary>How the cell's rows are written.</summary>
    private Rows.RowTables Tables { get; }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<object>> CommitAsync(JournalBatch batch, CancellationToken cancellationToken = default)
    {
        if (batch.IsEmpty)
            return [];
        var job = new BatchJob(batch, Tables);
        await EnqueueAsync(job, cancellationToken);
        return await job.Task.WaitAsync(cancellationToken);
    }

    /// <summary>
    /// Hands every committed group's rows to <paramref name="rows"/>, in commit order, on one thread of the pool; removed rows come as
    /// <see cref="RemovedRow"/>. What it throws is logged and harms nobody; a slow subscriber delays only other subscribers.
    /// </summary>
    /// <returns>Ends the subscription.</returns>
    public IDisposable Subscribe(Action<IReadOnlyList<object>> rows) => feed.Subscribe(rows);

    /// <summary>Writes what is queued and closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) == 1)
            return;
        queue.Complete();
        await ended.Task;
        await feed.DisposeAsync();
        slots.Dispose();
    }

    /// <summary>Raises the epoch of an environment durably.</summary>
    /// <returns>The new epoch; null when there is no such environment.</returns>
    internal async Task<long?> RaiseEpochAsync(Guid environmentId, CancellationToken cancellationToken)
    {
        var job = new TakeOverJob(environmentId);
        await EnqueueAsync(job, cancellationToken);
        return await job.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Opens the connection anew behind what is queued.</summary>
    internal async Task ReopenAsync(CancellationToken cancellationToken)
    {
        var job = new ReopenJob();
        await EnqueueAsync(job, cancellationToken);
        await job.Task.WaitAsync(cancellationToken);
    }

    private async Task EnqueueAsync(JournalJob job, CancellationToken cancellationToken)
    {
        await slots.WaitAsync(cancellationToken);
        if (!queue.TryAdd(job))
            throw new CellUnreachableException(cell, "the server is stopping. Ask again when it is back.");
    }

    private void Run()
    {
        var jobs = new List<JournalJob>(BatchesPerGroup);
        while (queue.Take(jobs, BatchesPerGroup, fault is null || full ? Timeout.InfiniteTimeSpan : storage.LooksAgainAfter))
        {
            if (jobs.Count > 0)
                slots.Release(jobs.Count);
            Write(jobs);
            jobs.Clear();
        }

        session?.Dispose();
        ended.SetResult();
    }

    /// <summary>Writes a group; one of nothing shows whether the database can be written.</summary>
    private void Write(List<JournalJob> jobs)
    {
        try
        {
            session ??= storage.OpenJournal(cell);
            var refused = TryTogether(session, jobs) ? [] : OneByOne(session, jobs);
            MarkWritten();
            Complete(jobs.Where(job => !refused.Contains(job)));
        }
        catch (Exception e)
        {
            Lose(jobs, e);
        }
    }

    private void MarkWritten()
    {
        if (fault is not null)
            LogBack(logger, cell);
        (fault, full) = (null, false);
    }

    private void Complete(IEnumerable<JournalJob> jobs)
    {
        var written = jobs.ToList();
        if (written.OfType<ReopenJob>().Any())
        {
            session?.Dispose();
            session = null;
        }

        foreach (var job in written)
        {
            if (job is TakeOverJob takeOver)
                broken.Forget(takeOver.EnvironmentId);
            job.Complete();
        }

        feed.Publish(written);
    }

    /// <summary>The common case: all batches, no savepoints. A batch that is refused makes the whole group go again, one by one.</summary>
    private bool TryTogether(IJournalSession session, List<JournalJob> jobs)
    {
        try
        {
            var group = new JournalGroup(session, jobs, broken);
            foreach (var job in jobs)
                job.Write(group);
            group.Commit(Guid.CreateVersion7(time.GetUtcNow()));
            return true;
        }
        catch (Exception e) when (Blame(e).Kind != StorageFaultKind.Unreachable)
        {
            session.Rollback();
            return false;
        }
    }

    /// <summary>Every batch behind a savepoint: one that is refused fails alone.</summary>
    private HashSet<JournalJob> OneByOne(IJournalSession session, List<JournalJob> jobs)
    {
        var group = new JournalGroup(session, jobs, broken);
        var refused = new HashSet<JournalJob>();
        foreach (var job in jobs)
        {
            session.Mark();
            var heads = group.Stamps.Heads;
            try
            {
                job.Write(group);
                session.Flush();
            }
            catch (Exception e) when (Blame(e) is var blame && blame.Kind != StorageFaultKind.Unreachable)
            {
                session.Back();
                group.Restore(heads);
                refused.Add(job);
                broken.Follow(job);
                job.Fail(blame.Kind == StorageFaultKind.Conflict ? new RowConflictException(session.Table, e) : e);
            }
        }

        group.Commit(Guid.CreateVersion7(time.GetUtcNow()));
        return refused;
    }

    private StorageFault Blame(Exception e) => e is StaleEpochException ? default : storage.Classify(e);

    /// <summary>
    /// The database failed: everybody of the group hears it, and the next group starts with a new connection. A commit without an
    /// answer is looked up first: if it arrived, nobody needs to hear of the failure.
    /// </summary>
    private void Lose(List<JournalJob> jobs, Exception e)
    {
        var blame = storage.Classify(e);
        session?.Dispose();
        session = null;
        var arrived = e is CommitLostException commit ? Arrived(commit.CommitId) : false;
        if (arrived == true)
        {
            LogUnanswered(logger, e, cell, blame.Sentence);
            MarkWritten();
            Complete(jobs.Where(job => !job.IsOver));
            return;
        }

        // What is looked at again and again is said once; what callers lose, each time.
        if (jobs.Count > 0 || fault != blame.Sentence)
            LogLost(logger, e, cell, blame.Sentence);
        (fault, full) = (blame.Sentence, blame.IsFull);
        var lost = new CellUnreachableException(cell, blame.Sentence, e) { OutcomeUnknown = arrived is null };
        foreach (var job in jobs)
        {
            broken.Follow(job);
            job.Fail(lost);
        }
    }

    /// <summary>Whether a commit is in the database; null while nobody can tell.</summary>
    private bool? Arrived(Guid commitId)
    {
        try
        {
            session = storage.OpenJournal(cell);
            var heads = session.Begin();
            session.Rollback();
            return heads.CommitId == commitId;
        }
        catch (Exception)
        {
            session?.Dispose();
            session = null;
            return null;
        }
    }
}
