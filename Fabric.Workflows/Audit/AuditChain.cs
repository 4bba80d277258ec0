namespace Fabric.Workflows.Audit;

/// <summary>Checks a hash chain.</summary>
public static class AuditChain
{
    /// <summary>Where the chain breaks.</summary>
    /// <param name="events">Every event of one chain from its first, by sequence.</param>
    /// <returns>Sequence of the first event that was changed, moved, or whose predecessor is gone; null when all is as it was written.</returns>
    public static long? FirstBreak(IEnumerable<AuditEvent> events)
    {
        var (sequence, hash) = (0L, "");
        foreach (var row in events)
        {
            if (row.Sequence != sequence + 1 || row.PreviousHash != hash || row.Hash != row.ComputeHash())
                return row.Sequence;
            (sequence, hash) = (row.Sequence, row.Hash);
        }

        return null;
    }
}
