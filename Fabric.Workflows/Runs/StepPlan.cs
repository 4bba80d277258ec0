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

    /// <summary>Hash of what it was made from, without what stood: two plans with the same one want the same. Null where the executor has none.</summary>
    public string? SourceHash { get; init; }

    /// <summary>What is done to each resource of the entity, as the tool that makes it planned; empty where the entity is one thing.</summary>
    public IReadOnlyList<ResourceChange> Resources { get; init; } = [];

    /// <summary>For a deletion that failed: what still stands; null while nobody looked. It says nothing of what was agreed.</summary>
    public IReadOnlyList<ResourceChange>? Left { get; init; }

    /// <summary>What rules say of the plan; empty where none was broken.</summary>
    public IReadOnlyList<PolicyVerdict> Verdicts { get; init; } = [];

    /// <summary>Whether a rule wants the vendor's yes.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool AsksVendor => Verdicts.Any(verdict => verdict.Effect is PolicyEffect.AskVendor);
}

/// <summary>What a plan does to one resource.</summary>
/// <param name="Address">The tool's own name of it, such as <c>aws_subnet.private[0]</c>.</param>
/// <param name="Type">Its type, such as <c>aws_subnet</c>.</param>
/// <param name="Action">What is done.</param>
/// <param name="Changes">Field diff; what is not known yet is marked, what is secret has no text.</param>
public sealed record ResourceChange(string Address, string Type, PlanAction Action, IReadOnlyList<FieldChange> Changes);

/// <summary>What one rule says of a plan.</summary>
/// <param name="Rule">Name of the rule.</param>
/// <param name="Effect">What it does to the plan.</param>
/// <param name="Address">The resource it is about; empty for the plan as a whole.</param>
/// <param name="Message">The same for people.</param>
public sealed record PolicyVerdict(string Rule, PolicyEffect Effect, string Address, string Message);

/// <summary>What a broken rule does to a plan.</summary>
public enum PolicyEffect
{
    /// <summary>It is told.</summary>
    Warn,

    /// <summary>The vendor must say yes.</summary>
    AskVendor,

    /// <summary>It is not applied.</summary>
    Deny,
}

/// <summary>One field of a plan.</summary>
/// <param name="Path">Dotted path in the configuration.</param>
/// <param name="Before">Value before; null when absent.</param>
/// <param name="After">Value after; null when gone or unknown.</param>
/// <param name="Unknown">Known only after something else was applied.</param>
/// <param name="Sensitive">The texts are withheld.</param>
/// <param name="ForcesReplace">This change cannot be made in place.</param>
public sealed record FieldChange(string Path, JsonNode? Before, JsonNode? After, bool Unknown = false, bool Sensitive = false, bool ForcesReplace = false);
