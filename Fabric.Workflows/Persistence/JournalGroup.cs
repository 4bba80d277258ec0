namespace Fabric.Workflows.Persistence;

/// <summary>One transaction of the journal: its session, the sequences it gives, and the epochs it has read.</summary>
internal sealed class JournalGroup
{
    private readonly IReadOnlyCollection<Guid> owners;
    private Dictionary<Guid, long> epochs;

    private readonly BrokenEpochs broken;

    /// <summary>Begins the transaction.</summary>
    public JournalGroup(IJournalSession session, IEnumerable<JournalJob> jobs, BrokenEpochs broken)
    {
        Session = session;
        this.broken = broken;
        owners = [.. jobs.Select(job => job.Owner).OfType<Guid>().Distinct()];
        Stamps = new Stamps(session.Begin());
        epochs = session.Epochs(owners);
    }

    public IJournalSession Session { get; }

    public Stamps Stamps { get; private set; }

    /// <summary>Epoch of the environment in this transaction; null when there is none.</summary>
    public long? Epoch(Guid environmentId) => epochs.TryGetValue(environmentId, out var epoch) ? epoch : null;

    /// <summary>Whether the owner at that epoch may still write.</summary>
    public bool Holds(Guid environmentId, long epoch) => Epoch(environmentId) == epoch && !broken.Contains(environmentId, epoch);

    /// <summary>An environment was added in this transaction.</summary>
    public void Created(Guid environmentId, long epoch) => epochs.TryAdd(environmentId, epoch);

    /// <summary>Raises the epoch; null when there is no such environment.</summary>
    public long? RaiseEpoch(Guid environmentId)
    {
        Session.Flush();
        if (Session.RaiseEpoch(environmentId) is not { } epoch)
            return null;
        return epochs[environmentId] = epoch;
    }

    /// <summary>Forgets what a batch that was undone has left here.</summary>
    public void Restore(CellHeads before)
    {
        Stamps = new Stamps(before);
        epochs = Session.Epochs(owners);
    }

    /// <summary>Writes the heads and makes the group durable.</summary>
    /// <param name="commitId">Names this commit.</param>
    public void Commit(Guid commitId)
    {
        var heads = Stamps.Heads with { CommitId = commitId };
        var put = Session.Tables[typeof(CellHeads)].Statement(new JournalWrite(WriteKind.Put, heads))!;
        Session.Write(put, put.Values(heads));
        Session.Flush();
        try
        {
            Session.Commit();
        }
        catch (Exception e)
        {
            throw new CommitLostException(commitId, e);
        }
    }
}

/// <summary>The database did not say whether a commit arrived.</summary>
internal sealed class CommitLostException(Guid commitId, Exception inner) : Exception(inner.Message, inner)
{
    /// <summary>The commit, which the heads name if it arrived.</summary>
    public Guid CommitId { get; } = commitId;
}
