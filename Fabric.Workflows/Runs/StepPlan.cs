using System.Text.Json.Nodes;

namespace Fabric.Workflows.Runs;

/// <summary>What a run is about to do to one entity.</summary>
/// <param name="Action">The action.</param>
/// <param name="Changes">Field diff; what is not known yet is marked, what is secret has no text.</param>
/// <param name="Complete">True when every input is known: the step then applies exactly this.</param>
/// <param name="InputsHash">SHA-256 over type and resolved configuration, hex; null until complete.</param>
public sealed record StepPlan(PlanAction Action, IReadOnlyList<FieldChange> Changes, bool Complete, string? InputsHash)
{
    /// <summary>True while it is a plan that went beyond what was approved and that nobody said yes to: it covers nothing.</summary>
    public bool Unapproved { get; init; }
}

/// <summary>One field of a plan.</summary>
/// <param name="Path">Dotted path in the configuration.</param>
/// <param name="Before">Value before; null when absent.</param>
/// <param name="After">Value after; null when gone or unknown.</param>
/// <param name="Unknown">Known only after something else was applied.</param>
/// <param name="Sensitive">The texts are withheld.</param>
/// <param name="ForcesReplace">This change cannot be made in place.</param>
public sealed record FieldChange(string Path, JsonNode? Before, JsonNode? After, bool Unknown = false, bool Sensitive = false, bool ForcesReplace = false);
