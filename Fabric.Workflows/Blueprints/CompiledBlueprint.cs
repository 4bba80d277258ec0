using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Fabric.Workflows.Blueprints;

/// <summary>A blueprint version: checked, resolved to exact entity types, never changed again.</summary>
public sealed record CompiledBlueprint
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private readonly IReadOnlyList<BlueprintNode> nodes = [];
    private FrozenDictionary<string, BlueprintNode> byName = FrozenDictionary<string, BlueprintNode>.Empty;

    /// <summary>Name, a slug.</summary>
    public required string Name { get; init; }

    /// <summary>Number of the version.</summary>
    public int Version { get; init; }

    /// <summary>Name for people.</summary>
    public string Title { get; init; } = "";

    /// <summary>What it is for.</summary>
    public string? Description { get; init; }

    /// <summary>Hash over everything that runs: nodes, types, parameters and outputs; not the layout.</summary>
    public string Hash { get; init; } = "";

    /// <summary>JSON Schema of the parameters.</summary>
    public JsonObject Parameters { get; init; } = [];

    /// <summary>Nodes, each after those it depends on; otherwise in the order of the text.</summary>
    public IReadOnlyList<BlueprintNode> Nodes
    {
        get => nodes;
        init
        {
            nodes = value;
            byName = value.ToFrozenDictionary(node => node.Name, StringComparer.Ordinal);
        }
    }

    /// <summary>What an environment shows its owner: name to binding.</summary>
    public IReadOnlyDictionary<string, string> Outputs { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>Positions on the canvas, by node: x and y.</summary>
    public IReadOnlyDictionary<string, double[]> Layout { get; init; } = FrozenDictionary<string, double[]>.Empty;

    /// <summary>The node called <paramref name="name"/>, or null.</summary>
    public BlueprintNode? Find(string name) => byName.GetValueOrDefault(name);

    /// <summary>The stored form.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <summary>Reads the stored form.</summary>
    /// <exception cref="JsonException">The text is not a stored blueprint.</exception>
    public static CompiledBlueprint FromJson(string json) =>
        JsonSerializer.Deserialize<CompiledBlueprint>(json, Json) ?? throw new JsonException("There is no blueprint in this text.");
}
