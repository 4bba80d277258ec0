namespace Fabric.Workflows.Persistence;

/// <summary>One transaction of the journal: its session, the sequences it gives, and the epochs it has read.</summary>
internal sealed class JournalGroup(IJournalSession session, CellHeads heads)
{
    private readonly Dictionary<Guid, long?> epochs = [];

    public IJournalSession Session { get; } = session;

    public Stamps Stamps { get; private set; } = new(heads);

    /// <summary>Epoch of the environment in this transaction. Absence is not remembered: a batch before may just have added it.</summary>
    public long? Epoch(Guid environmentId)
    {
        if (epochs.TryGetValue(environmentId, out var known))
            return known;
        var epoch = Session.Epoch(environmentId);
        if (epoch is not null)
            epochs[environmentId] = epoch;
        return epoch;
    }

    public long? RaiseEpoch(Guid environmentId) => epochs[environmentId] = Session.RaiseEpoch(environmentId);

    /// <summary>Forgets what a batch that was undone has left here.</summary>
    public void Restore(CellHeads before)
    {
        Stamps = new Stamps(before);
        epochs.Clear();
    }

    /// <summary>Writes the heads and makes the group durable.</summary>
    /// <param name="commitId">Names this commit.</param>
    public void Commit(Guid commitId)
    {
        var table = Session.Tables[typeof(CellHeads)];
        Session.Write(WriteKind.Put, table, table.Values(WriteKind.Put, Stamps.Heads with { CommitId = commitId }));
        Session.Flush();
        Session.Commit();
    }
}
