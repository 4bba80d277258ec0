using System.Text.Json.Nodes;
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

    /// <summary>
    /// A known finding that is seen again; null when it is not known. What was ignored is open again when its date is over, and before that
    /// when it differs in anything that nobody decided on.
    /// </summary>
    public static DriftFinding? Found(ResourceChange change, DriftFinding? before, DateTimeOffset now)
    {
        if (before is null)
            return null;
        var again = before with { Action = change.Action, Changes = change.Changes, SeenAt = now };
        if (before.State is not DriftState.Ignored)
            return again with { State = DriftState.Open, Until = null };
        return WhyOpen(before, change, now) is { } why ? again with { State = DriftState.Open, Until = null, Reason = why } : again;
    }

    /// <summary>Why what was ignored is to be decided on anew; null when nothing is new. What has gone back in part is nothing new.</summary>
    private static string? WhyOpen(DriftFinding ignored, ResourceChange change, DateTimeOffset now)
    {
        if (!(ignored.Until > now))
            return $"It was ignored until {ignored.Until:yyyy-MM-dd}: “{ignored.Reason}”.";
        if (ignored.Action != change.Action)
            return $"It was ignored (“{ignored.Reason}”); since then it {(change.Action is PlanAction.Delete ? "was deleted" : "came to stand otherwise")}.";
        var fresh = change.Changes.Where(field => !ignored.Changes.Any(known => IsSame(known, field))).Select(field => field.Path).ToList();
        return fresh.Count == 0 ? null : $"It was ignored (“{ignored.Reason}”); since then it came to differ in {string.Join(", ", fresh.Take(5))}{(fresh.Count > 5 ? $" and {fresh.Count - 5} more" : "")}.";
    }

    /// <summary>Of what is sensitive no value is kept, so its path alone tells.</summary>
    private static bool IsSame(FieldChange one, FieldChange other) =>
        one.Path == other.Path && one.Sensitive == other.Sensitive && JsonNode.DeepEquals(one.Before, other.Before) && JsonNode.DeepEquals(one.After, other.After);

    private static bool Covers(string muted, string path) =>
        path == muted || path.StartsWith(muted + ".", StringComparison.Ordinal) || path.StartsWith(muted + "[", StringComparison.Ordinal);
}
