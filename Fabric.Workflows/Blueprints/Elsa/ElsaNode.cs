using System.Text.Json.Nodes;

namespace Fabric.Workflows.Blueprints.Elsa;

/// <summary>An activity on its way to a node: what it was when it was exported, and what it shall be now.</summary>
internal sealed record ElsaNode
{
    public required ElsaActivity Activity { get; init; }

    /// <summary>Its name in the text before renaming.</summary>
    public required string Name { get; init; }

    /// <summary>Its name in the end.</summary>
    public required string Final { get; init; }

    /// <summary>As it was written; null for a node that is new.</summary>
    public JsonObject? Before { get; init; }

    /// <summary>What it waited for, by name, bindings included.</summary>
    public IReadOnlyList<string> BeforeEdges { get; init; } = [];

    /// <summary>As it shall be written; <c>after</c> is worked out last.</summary>
    public required JsonObject Wanted { get; init; }

    /// <summary>Where it was drawn.</summary>
    public (double X, double Y)? BeforePlace { get; init; }

    /// <summary>Whether the drawing had its place from the text.</summary>
    public bool Placed { get; init; }

    /// <summary>What the text says beside it: an activity that Fabric has no node for.</summary>
    public string? Comment { get; init; }

    public bool IsGate => Wanted["gate"] is not null;

    /// <summary>The place to write; null when the text's own is right.</summary>
    public (double X, double Y)? Moved => Activity.Place is { } place && (BeforePlace is not { } before || Rounded(place) != Rounded(before)) ? place : null;

    private static (double, double) Rounded((double X, double Y) place) => (Math.Round(place.X), Math.Round(place.Y));
}
