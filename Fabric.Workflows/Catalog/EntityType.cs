using System.Text.Json;
using System.Text.Json.Nodes;
using Fabric.Workflows.Blueprints;

namespace Fabric.Workflows.Catalog;

/// <summary>
/// A catalog entry at a version. Self-contained, manifests included: a cell keeps copies and works without the catalog.
/// Treat the JSON inside as read-only.
/// </summary>
public sealed record EntityType
{
    public required string Name { get; init; }

    /// <summary>Exact: <c>1.3.0</c>.</summary>
    public required string Version { get; init; }

    public string Title { get; init; } = "";

    public string Description { get; init; } = "";

    /// <summary>Groups the palette: <c>cloud</c>, <c>cluster</c>, <c>data</c>, <c>access</c>, <c>observability</c> …</summary>
    public string Category { get; init; } = "other";

    /// <summary>Name of an icon; a page that does not know it shows a plain one.</summary>
    public string Icon { get; init; } = "";

    /// <summary>SHA-256 (hex) over every file of its folder.</summary>
    public required string Hash { get; init; }

    /// <summary>JSON Schema of the configuration. <c>x-immutable</c>: a change means replace; <c>x-secret</c>: takes a secret reference; <c>x-unit</c>: shown behind the field.</summary>
    public JsonObject Config { get; init; } = [];

    /// <summary>JSON Schema of the outputs.</summary>
    public JsonObject Outputs { get; init; } = [];

    /// <summary>Deleting or replacing one always asks.</summary>
    public bool Protect { get; init; }

    public IReadOnlyList<Implementation> Implementations { get; init; } = [];

    /// <summary>Health rules beyond the built-in ones for workloads.</summary>
    public IReadOnlyList<HealthCheck>? Health { get; init; }

    public IReadOnlyDictionary<string, Operation> Operations { get; init; } = new Dictionary<string, Operation>();

    /// <summary>Name, version and hash.</summary>
    public EntityTypeRef Ref => new(Name, Version, Hash);

    /// <summary>The form that <see cref="FromJson"/> reads back.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, CatalogJson.Options);

    /// <exception cref="JsonException">The text is no entity type.</exception>
    public static EntityType FromJson(string json) =>
        JsonSerializer.Deserialize<EntityType>(json, CatalogJson.Options) ?? throw new JsonException("null is no entity type");

    /// <summary>Config properties whose change means replacing the entity, as dotted paths.</summary>
    public IReadOnlyList<string> ImmutableConfig => [.. Marked(Config, "x-immutable", "")];

    /// <summary>Config properties that take a secret reference, as dotted paths.</summary>
    public IReadOnlyList<string> SecretConfig => [.. Marked(Config, "x-secret", "")];

    private static IEnumerable<string> Marked(JsonObject schema, string mark, string path)
    {
        foreach (var (name, property) in schema["properties"] as JsonObject ?? [])
        {
            if (property is not JsonObject inner) continue;
            var at = path.Length == 0 ? name : $"{path}.{name}";
            if (inner[mark] is JsonValue v && v.TryGetValue<bool>(out var marked) && marked) yield return at;
            foreach (var deeper in Marked(inner, mark, at)) yield return deeper;
        }
    }
}
