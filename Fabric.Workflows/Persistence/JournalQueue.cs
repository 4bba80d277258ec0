namespace Fabric.Workflows.Persistence;

/// <summary>
/// What waits for the journal's thread. The thread sleeps without spinning first: the core it would spin on is the one that makes its work.
/// </summary>
internal sealed class JournalQueue
{
    private readonly Queue<JournalJob> jobs = [];
    private bool completed;

    /// <summary>Adds a job; false once the queue is completed.</summary>
    public bool TryAdd(JournalJob job)
    {
        lock (jobs)
        {
            if (completed)
                return false;
            jobs.Enqueue(job);
            Monitor.Pulse(jobs);
            return true;
        }
    }

    /// <summary>Nothing is added any more.</summary>
    public void Complete()
    {
        lock (jobs)
        {
            completed = true;
            Monitor.Pulse(jobs);
        }
    }

    /// <summary>Waits for jobs and moves at most <paramref name="most"/> of them over; false when the queue is completed and empty.</summary>
    public bool Take(List<JournalJob> into, int most)
    {
        lock (jobs)
        {
            while (jobs.Count == 0 && !completed)
                Monitor.Wait(jobs);
            while (into.Count < most && jobs.TryDequeue(out var job))
                into.Add(job);
            return into.Count > 0;
        }
    }
}
