using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Fabric.Workflows.Blueprints;

/// <summary>
/// A blueprint with its derivation applied, its references exact and its graph in order. It is self-contained and immutable:
/// this is what a published version stores and a cell copies. Treat the JSON inside as read-only.
/// </summary>
public sealed record CompiledBlueprint
{
    private readonly Dictionary<string, BlueprintNode> byName = [];

    public required string Name { get; init; }

    public required int Version { get; init; }

    public required string Title { get; init; }

    public string? Description { get; init; }

    /// <summary>SHA-256 (hex) over what the blueprint means: everything but its version number, its bases' and its layout.</summary>
    public required string Hash { get; init; }

    /// <summary>
    /// What it was derived from, nearest first; null for one that stands on its own. It is all in here: another version of a base changes
    /// nothing of this one.
    /// </summary>
    public IReadOnlyList<BaseVersion>? Bases { get; init; }

    /// <summary>JSON Schema of the parameters.</summary>
    public JsonObject Parameters { get; init; } = [];

    /// <summary>In an order in which each stands after what it depends on; among equals, as written.</summary>
    public IReadOnlyList<BlueprintNode> Nodes
    {
        get;
        init
        {
            field = value;
            byName = value.DistinctBy(node => node.Name).ToDictionary(node => node.Name, StringComparer.Ordinal);
        }
    } = [];

    /// <summary>What an environment shows its owner and lends to others: name to template.</summary>
    public IReadOnlyDictionary<string, string> Outputs { get; init; } = new Dictionary<string, string>();

    /// <summary>What every plan of an environment must satisfy; null when it has no rules of its own.</summary>
    public IReadOnlyList<BlueprintPolicy>? Policies { get; init; }

    /// <summary>The designer's: node to x and y.</summary>
    public IReadOnlyDictionary<string, double[]> Layout { get; init; } = new Dictionary<string, double[]>();

    /// <summary>The exact content of every type it uses.</summary>
    [JsonIgnore]
    public IEnumerable<EntityTypeRef> Types => Nodes.Select(node => node.Type).OfType<EntityTypeRef>().Distinct();

    /// <summary>The node of that name, or null.</summary>
    public BlueprintNode? Find(string name) => byName.GetValueOrDefault(name);

    /// <summary>The form that <see cref="FromJson"/> reads back.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, CatalogJson.Options);

    /// <exception cref="JsonException">The text is no compiled blueprint.</exception>
    public static CompiledBlueprint FromJson(string json) =>
        JsonSerializer.Deserialize<CompiledBlueprint>(json, CatalogJson.Options) ?? throw new JsonException("null is no blueprint");

    internal CompiledBlueprint WithHash() => this with
    {
        Hash = ContentHash.Of(JsonSerializer.SerializeToUtf8Bytes(this with { Hash = "", Version = 0, Layout = NoLayout, Bases = null }, CatalogJson.Options)),
    };

    private static readonly IReadOnlyDictionary<string, double[]> NoLayout = new Dictionary<string, double[]>();
}

/// <summary>How blueprints and entity types are stored and sent.</summary>
public static class CatalogJson
{
    /// <summary>camelCase, enums as words, what is not set left out.</summary>
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        MaxDepth = 128,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };
}
