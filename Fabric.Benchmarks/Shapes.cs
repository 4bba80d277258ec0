using System.Text.Json.Nodes;
using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Catalog;

namespace Fabric.Benchmarks;

/// <summary>The graphs that are measured.</summary>
internal static class Shapes
{
    /// <summary>Layers of nodes, each with two parents in the layer before.</summary>
    public static IReadOnlyList<(string Node, string[] After)> Layers(int layers, int width) =>
    [
        .. from layer in Enumerable.Range(0, layers)
           from place in Enumerable.Range(0, width)
           select ($"n{layer}-{place}", Parents(layer, place, width)),
    ];

    /// <summary>A blueprint whose nodes bind to the outputs of their parents.</summary>
    public static CompiledBlueprint Blueprint(string name, IEnumerable<(string Node, string[] After)> nodes) => new()
    {
        Name = name,
        Version = 1,
        Title = name,
        Hash = name,
        Parameters = [],
        Nodes = [.. nodes.Select(node => new BlueprintNode
        {
            Name = node.Node,
            Type = Type(TimeSpan.Zero).Ref,
            Config = new JsonObject
            {
                ["size"] = "${param.size}",
                ["in"] = new JsonArray([.. node.After.Select(before => (JsonNode)$"${{{before}.id}}")]),
            },
            DependsOn = [.. node.After.Order(StringComparer.Ordinal)],
        })],
    };

    /// <summary>A type of the simulated cloud with one output.</summary>
    public static EntityType Type(TimeSpan duration) => new()
    {
        Name = "box",
        Version = "1.0.0",
        Hash = "box-1",
        Config = JsonNode.Parse("""{"type":"object","properties":{"size":{"type":"integer"},"in":{"type":"array"}}}""")!.AsObject(),
        Implementations =
        [
            new Implementation
            {
                On = "sandbox",
                Simulated = new SimulatedSpec { Create = duration, Update = duration, Delete = duration, Outputs = new JsonObject { ["id"] = "${entity.name}" } },
            },
        ],
    };

    private static string[] Parents(int layer, int place, int width) =>
        layer == 0 ? [] : [.. new[] { $"n{layer - 1}-{place}", $"n{layer - 1}-{(place + 1) % width}" }.Distinct()];
}
