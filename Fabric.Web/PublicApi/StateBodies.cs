using System.Text.Json.Serialization;
using Fabric.Web.Live;
using Fabric.Workflows.Executors.Terraform.State;

namespace Fabric.Web.PublicApi;

/// <summary>Why something is done.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ReasonRequest(string? Reason = null);

/// <summary>The state of one entity's workspace, without its text.</summary>
/// <param name="Node">Node name.</param>
/// <param name="InForce">Number of the version in force; null before the first.</param>
/// <param name="Versions">The newest versions, newest first.</param>
/// <param name="Lock">Who holds it; null when nobody does.</param>
/// <param name="Leases">Processes that may live.</param>
public sealed record StateBody(string Node, int? InForce, IReadOnlyList<StateVersionBody> Versions, LockView? Lock, IReadOnlyList<LeaseView> Leases)
{
    internal static StateBody Of(StateView view) => new(view.Node, view.InForce, [.. view.Versions.Select(StateVersionBody.Of)], view.Lock, view.Leases);
}

/// <summary>A version of a state.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Serial">Terraform's serial.</param>
/// <param name="Lineage">Terraform's lineage.</param>
/// <param name="Hash">SHA-256 of the text.</param>
/// <param name="Size">Bytes of the text.</param>
/// <param name="Resources">Managed resources in it.</param>
/// <param name="Run">The run that wrote it; null for a person.</param>
/// <param name="By">Who wrote it.</param>
/// <param name="Reason">Why, in a person's words.</param>
/// <param name="Aside">It came from a process whose right had ended: kept for a person, never in force.</param>
/// <param name="At">UTC.</param>
public sealed record StateVersionBody(int Number, long Serial, string Lineage, string Hash, long Size, int Resources, Guid? Run, string By, string Reason, bool Aside, DateTimeOffset At)
{
    internal static StateVersionBody Of(StateVersion row) => new(row.Number, row.Serial, row.Lineage, row.Hash, row.Size, row.Resources, row.RunId, row.Writer, row.Reason, row.Aside, row.At);
}
