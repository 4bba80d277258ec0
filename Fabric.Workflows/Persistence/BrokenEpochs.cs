namespace Fabric.Workflows.Persistence;

/// <summary>
/// Epochs of which a batch was lost. An owner hands over its next batch before it knows that the last one is durable, so what comes behind
/// a lost batch stands on nothing and is refused until the environment is taken over anew. Used by the journal's thread alone.
/// </summary>
internal sealed class BrokenEpochs
{
    private readonly Dictionary<Guid, long> epochs = [];

    /// <summary>A job was not written.</summary>
    public void Follow(JournalJob lost)
    {
        if (lost is BatchJob { Owner: { } owner } batch)
            epochs[owner] = Math.Max(batch.Epoch, epochs.GetValueOrDefault(owner));
    }

    /// <summary>Whether a batch of that epoch was lost.</summary>
    public bool Contains(Guid environmentId, long epoch) => epochs.TryGetValue(environmentId, out var broken) && epoch <= broken;

    /// <summary>The environment was taken over: its epoch is a new one.</summary>
    public void Forget(Guid environmentId) => epochs.Remove(environmentId);
}
