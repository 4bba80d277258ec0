using Fabric.Workflows.Runs;

namespace Fabric.Workflows.Engine;

/// <summary>The parties that said yes to one thing.</summary>
/// <param name="Parties"><c>vendor</c>, <c>customer</c>.</param>
public readonly record struct GivenApprovals(IReadOnlySet<string> Parties)
{
    /// <summary>Whether everyone whose yes is needed gave it.</summary>
    /// <param name="by"><c>vendor</c>, <c>customer</c>, <c>both</c>, or null for anyone.</param>
    public bool Covers(string? by) => by switch
    {
        null => Parties.Count > 0,
        "both" => Parties.Contains("vendor") && Parties.Contains("customer"),
        _ => Parties.Contains(by),
    };

    /// <summary>The yes of every party to one hash.</summary>
    public static GivenApprovals Of(IEnumerable<Approval> approvals, Guid runId, string? node, string hash) =>
        new(approvals.Where(a => a.RunId == runId && a.Node == node && a.PlanHash == hash && a.Approved).Select(a => a.Party).ToHashSet());
}
