using System.Text.Json;
using System.Text.Json.Nodes;
using Fabric.Workflows.Catalog;
using Fabric.Workflows.Runs;

namespace Fabric.Workflows.Blueprints;

/// <summary>A rule of a blueprint's own: each resource that a plan changes, and that <see cref="Match"/> picks, must satisfy <see cref="Require"/>.</summary>
public sealed record BlueprintPolicy
{
    /// <summary>Slug; what a verdict calls it.</summary>
    public required string Name { get; init; }

    /// <summary>Which changes it is about, as an expression in the Common Expression Language; null for all of them.</summary>
    public string? Match { get; init; }

    /// <summary>What must be true of them, in the same language.</summary>
    public required string Require { get; init; }

    /// <summary>What a broken rule does to the plan.</summary>
    public PolicyEffect Effect { get; init; } = PolicyEffect.Deny;

    /// <summary>What to do about it, for people; null when the expression says enough.</summary>
    public string? Message { get; init; }

    /// <summary>Policies as a file has them: a map by name.</summary>
    internal static JsonObject? Map(IReadOnlyList<BlueprintPolicy>? policies) =>
        policies is null ? null : new(policies.Select(policy => KeyValuePair.Create(policy.Name, (JsonNode?)policy.Fields())));

    private JsonObject Fields()
    {
        var fields = (JsonObject)JsonSerializer.SerializeToNode(this, CatalogJson.Options)!;
        fields.Remove("name");
        return fields;
    }
}
