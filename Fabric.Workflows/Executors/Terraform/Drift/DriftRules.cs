using Fabric.Workflows.Runs;

namespace Fabric.Workflows.Executors.Terraform.Drift;

/// <summary>What of a difference is a finding, and what a finding is when it is seen again. Pure.</summary>
public static class DriftRules
{
    /// <summary>The change without what is muted; null when nothing is left of it.</summary>
    public static ResourceChange? Heard(ResourceChange change, IReadOnlyList<DriftMute> mutes)
    {
        if (change.Action is PlanAction.Delete)
            return change;
        var left = change.Changes.Where(field => !mutes.Any(mute => mute.Type == change.Type && Covers(mute.Path, field.Path))).ToList();
        return left.Count == 0 ? null : change with { Changes = left };
    }

    /// <summary>A known finding that is seen again; null when it is not known. What was ignored until a date that is over is open again.</summary>
    public static DriftFinding? Found(ResourceChange change, DriftFinding? before, DateTimeOffset now)
    {
        if (before is null)
            return null;
        var again = before with { Action = change.Action, Changes = change.Changes, SeenAt = now };
        return before.State is DriftState.Ignored && before.Until > now ? again : again with { State = DriftState.Open, Until = null };
    }

    private static bool Covers(string muted, string path) =>
        path == muted || path.StartsWith(muted + ".", StringComparison.Ordinal) || path.StartsWith(muted + "[", StringComparison.Ordinal);
}
