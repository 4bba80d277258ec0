using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Fabric.Web.Live;
using Fabric.Workflows.Executors.Terraform.Drift;
using Fabric.Workflows.Runs;

namespace Fabric.Web.PublicApi;

/// <summary>A difference that is to be left until a date.</summary>
/// <param name="Until">Until when.</param>
/// <param name="Reason">Why.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record IgnoreRequest(DateTimeOffset Until, string? Reason = null);

/// <summary>An attribute that may differ.</summary>
/// <param name="Path">Dotted path of it; what is below it is muted too.</param>
/// <param name="Reason">Why.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record MuteRequest(string? Path = null, string? Reason = null);

/// <summary>What stands otherwise than it was deployed.</summary>
/// <param name="Findings">Those that are not gone, undecided ones first.</param>
/// <param name="Mutes">Attributes whose difference is no finding.</param>
/// <param name="CheckedAt">When somebody looked last; null for never.</param>
/// <param name="NextCheckAt">When the schedule looks next; null when it does not.</param>
public sealed record DriftBody(IReadOnlyList<FindingLineBody> Findings, IReadOnlyList<MuteBody> Mutes, DateTimeOffset? CheckedAt, DateTimeOffset? NextCheckAt)
{
    internal static DriftBody Of(DriftView view) => new([.. view.Findings.Select(FindingLineBody.Of)], [.. view.Mutes.Select(MuteBody.Of)], view.CheckedAt, view.NextCheckAt);
}

/// <summary>A resource that stands otherwise than it was deployed.</summary>
/// <param name="Id">Names it in decisions.</param>
/// <param name="Node">The node it belongs to.</param>
/// <param name="Address">Terraform's address of it.</param>
/// <param name="Type">Terraform's type of it.</param>
/// <param name="Action">What happened to it outside.</param>
/// <param name="Changes">Field diff: before is what was deployed, after is what stands.</param>
/// <param name="State">What became of it.</param>
/// <param name="Until">For an ignored one: until when.</param>
/// <param name="Reason">Why it was decided so; for one that is open again, why it is.</param>
/// <param name="By">Who decided.</param>
/// <param name="FoundAt">When it was found first.</param>
/// <param name="SeenAt">When it was seen last.</param>
/// <param name="Fingerprint">Names what differs, for a decision to say what it was made on.</param>
public record FindingBody(
    Guid Id, string Node, string Address, string Type, PlanAction Action, IReadOnlyList<FieldChange> Changes, DriftState State, DateTimeOffset? Until, string Reason, string By, DateTimeOffset FoundAt, DateTimeOffset SeenAt, string Fingerprint)
{
    internal static FindingBody Of(DriftFinding row) => new(
        row.Id, row.Node, row.Address, row.Type, row.Action, PlannedStepBody.Told(row.Changes), row.State, row.Until, row.Reason, row.DecidedBy, row.FoundAt, row.SeenAt, row.Fingerprint());
}

/// <summary>A finding in a list, and whether it can become configuration.</summary>
public sealed record FindingLineBody : FindingBody
{
    private FindingLineBody(FindingBody body)
        : base(body)
    {
    }

    /// <summary>Merge patch of the parameters that adopting would come to; null when it cannot be adopted.</summary>
    public required JsonObject? Adoption { get; init; }

    /// <summary>Why it cannot be adopted, and what to do instead; null when it can.</summary>
    public required string? NotAdoptable { get; init; }

    internal static FindingLineBody Of(DriftLine line) => new(FindingBody.Of(line.Finding))
    {
        Adoption = line.Adoption.IsPossible ? line.Adoption.Patch : null,
        NotAdoptable = line.Adoption.IsPossible ? null : line.Adoption.Refusal,
    };
}

/// <summary>An attribute whose difference is no finding.</summary>
public sealed record MuteBody(Guid Id, string Type, string Path, string Reason, string By, DateTimeOffset At)
{
    internal static MuteBody Of(DriftMute row) => new(row.Id, row.Type, row.Path, row.Reason, row.ActorName, row.At);
}
