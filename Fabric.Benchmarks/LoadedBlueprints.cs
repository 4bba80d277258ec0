using System.Diagnostics;
using System.Globalization;
using System.Text;
using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Catalog;

namespace Fabric.Benchmarks;

/// <summary>A folder of blueprints is read, checked and compiled, every binding typed against both schemas.</summary>
internal sealed class LoadedBlueprints : IFigure
{
    private const int Blueprints = 500;
    private const int Nodes = 100;

    public string Name => "load";

    public string Title => $"Loading {Blueprints} blueprints of {Nodes} nodes";

    public async Task<IReadOnlyList<Measure>> MeasureAsync(string folder)
    {
        for (var i = 0; i < Blueprints; i++)
            await File.WriteAllTextAsync(Path.Combine(folder, $"product-{i}.yaml"), Text(i));
        var load = EntityCatalog.Load(EntityCatalog.BuiltInFolder);
        var first = Load(folder, load.Catalog);
        return [new("first load of the process", first.TotalSeconds, "s", "< 2 s"), new("loaded again", Load(folder, load.Catalog).TotalSeconds, "s")];
    }

    private static TimeSpan Load(string folder, EntityCatalog catalog)
    {
        var started = Stopwatch.GetTimestamp();
        var loaded = BlueprintFolder.Load(folder, new BlueprintCompiler(catalog));
        return loaded.Faults.Count == 0 && loaded.Results.Count == Blueprints
            ? Stopwatch.GetElapsedTime(started)
            : throw new InvalidOperationException($"The blueprints do not load: {loaded.Faults[0]}");
    }

    /// <summary>Fifty networks, each with a cluster that binds to three of its outputs and two parameters.</summary>
    private static string Text(int number)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $$"""
            apiVersion: fabric/v1
            kind: Blueprint
            metadata: { name: product-{{number}}, title: Product {{number}} }
            spec:
              parameters:
                type: object
                properties:
                  cidr: { type: string, default: 10.0.0.0/16 }
                  nodes: { type: integer, default: 3, minimum: 1, maximum: 100 }
              nodes:

            """);
        for (var i = 0; i < Nodes / 2; i++)
        {
            var after = i == 0 ? "" : $", after: [kubernetes-{i - 1}]";
            text.AppendLine(CultureInfo.InvariantCulture, $$"""    network-{{i}}: { entity: network@1, config: { cidr: "${param.cidr}" }{{after}} }""");
            text.AppendLine(CultureInfo.InvariantCulture, $$"""    kubernetes-{{i}}: { entity: kubernetes@1, config: { networkId: "${network-{{i}}.networkId}", subnetIds: "${network-{{i}}.subnetIds}", minNodes: "${param.nodes}", maxNodes: "${param.nodes}" } }""");
        }

        return text.ToString();
    }
}
