using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Fabric.Workflows.Blueprints;

namespace Fabric.Workflows.Catalog;

/// <summary>A catalog entry at a version, complete: nothing of it is read from disk again once it is stored.</summary>
public sealed record EntityType
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Name, a slug.</summary>
    public required string Name { get; init; }

    /// <summary>Version, three numbers.</summary>
    public required string Version { get; init; }

    /// <summary>Name for people.</summary>
    public string Title { get; init; } = "";

    /// <summary>What it is for.</summary>
    public string? Description { get; init; }

    /// <summary>Where the palette shows it.</summary>
    public string? Category { get; init; }

    /// <summary>Icon of the palette.</summary>
    public string? Icon { get; init; }

    /// <summary>Hash over the names and contents of every file of its folder.</summary>
    public string Hash { get; init; } = "";

    /// <summary>JSON Schema of the configuration.</summary>
    public JsonObject Config { get; init; } = [];

    /// <summary>JSON Schema of the outputs.</summary>
    public JsonObject Outputs { get; init; } = [];

    /// <summary>Deleting one takes an approval of its own.</summary>
    public bool Protect { get; init; }

    /// <summary>One per place it can run.</summary>
    public IReadOnlyList<Implementation> Implementations { get; init; } = [];

    /// <summary>Health rules beyond the built-in ones for workloads; null when those do.</summary>
    public JsonNode? Health { get; init; }

    /// <summary>Operations, in the order of the file.</summary>
    public IReadOnlyList<Operation> Operations { get; init; } = [];

    /// <summary>The reference blueprints keep.</summary>
    [JsonIgnore]
    public EntityTypeRef Ref => new(Name, Version, Hash);

    /// <summary>The stored form, manifests included.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <summary>Reads the stored form.</summary>
    /// <exception cref="JsonException">The text is not a stored entity type.</exception>
    public static EntityType FromJson(string json) =>
        JsonSerializer.Deserialize<EntityType>(json, Json) ?? throw new JsonException("There is no entity type in this text.");
}
