using Fabric.Workflows.Runs;
using Fabric.Workflows.Tenancy;

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
        ApprovalPolicy.Both => Parties.Contains(ApprovalPolicy.Vendor) && Parties.Contains(ApprovalPolicy.Customer),
        _ => Parties.Contains(by),
    };

    /// <summary>The yes of every party to one hash, as far as it still counts: a no voids what was said before it.</summary>
    /// <param name="approvals">What was said.</param>
    /// <param name="runId">The run.</param>
    /// <param name="node">The step; null for the whole plan.</param>
    /// <param name="hash">What it was said to.</param>
    /// <param name="since">When it was asked, UTC: what was said to an earlier asking is spent. Null where there is but one.</param>
    public static GivenApprovals Of(IEnumerable<Approval> approvals, Guid runId, string? node, string hash, DateTimeOffset? since = null)
    {
        var parties = new HashSet<string>(StringComparer.Ordinal);
        foreach (var word in approvals.Where(a => a.RunId == runId && a.Node == node && a.PlanHash == hash && !(a.At < since)).OrderBy(a => a.At))
        {
            if (word.Approved)
                parties.UnionWith(PartiesOf(word));
            else
                parties.Clear();
        }

        return new GivenApprovals(parties);
    }

    /// <summary>The vendor's own environments have no other customer.</summary>
    private static string[] PartiesOf(Approval word) => word.Tenant == Actor.VendorTenant ? [ApprovalPolicy.Vendor, ApprovalPolicy.Customer] : [word.Party];
}
