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

    /// <summary>
    /// Waits for jobs and moves at most <paramref name="most"/> of them over: none when none came within <paramref name="patience"/>.
    /// </summary>
    /// <returns>False when the queue is completed and empty.</returns>
    public bool Take(List<JournalJob> into, int most, TimeSpan patience)
    {
        lock (jobs)
        {
            var waits = true;
            while (jobs.Count == 0 && !completed && waits)
                waits = Monitor.Wait(jobs, patience);
            while (into.Count < most && jobs.TryDequeue(out var job))
                into.Add(job);
            return into.Count > 0 || !completed;
        }
    }
}
