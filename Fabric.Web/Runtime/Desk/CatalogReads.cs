using System.Text.Json.Nodes;
using Fabric.Web.Live;
using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Persistence;

namespace Fabric.Web.Runtime.Desk;

/// <summary>Published blueprints, as the new-environment form needs them.</summary>
internal sealed class CatalogReads(BlueprintLibrary library)
{
    public async Task<IReadOnlyList<BlueprintLine>> ListAsync(CancellationToken ct) =>
        [.. (await library.NewestAsync(ct)).Select(blueprint => new BlueprintLine(
            blueprint.Name, blueprint.Title, blueprint.Description ?? "", blueprint.Version, CloudsOf(blueprint)))];

    public async Task<Outcome<BlueprintForm>> FormAsync(string name, int? version, string cloud, IReadOnlyList<string> noOp, CancellationToken ct)
    {
        if (await PublishedAsync(name, version, ct) is not { } blueprint)
            return NoBlueprint(name, version);
        var wish = new Wish(blueprint, cloud, [], noOp, []);
        var report = NoOpCost.Compute(blueprint, library.Catalog.Find, DesiredBuilder.NoOpOf(wish));
        var required = new JsonObject();
        foreach (var node in report.Nodes.Where(node => node.Required.Count > 0))
            required[node.Node] = Schema(node);
        return new BlueprintForm(blueprint.Name, blueprint.Version, blueprint.Title, blueprint.Parameters, Graph(blueprint, DesiredBuilder.NoOpOf(wish)), required);
    }

    public async Task<IReadOnlyList<BlueprintVersionLine>> VersionsAsync(string? name, CancellationToken ct) => [.. (await library.VersionsAsync(name, ct)).Select(Line)];

    public async Task<BlueprintVersionView?> VersionAsync(string name, int? version, CancellationToken ct)
    {
        if (await library.VersionAsync(name, version, ct) is not { } row)
            return null;
        var blueprint = CompiledBlueprint.FromJson(row.Json);
        var noOp = blueprint.Nodes.Where(node => node.NoOp).Select(node => node.Name).ToHashSet(StringComparer.Ordinal);
        return new BlueprintVersionView(Line(row), blueprint.Description ?? "", row.Yaml, Graph(blueprint, noOp));
    }

    private static BlueprintVersionLine Line(BlueprintVersionRecord row) =>
        new(row.Name, CompiledBlueprint.FromJson(row.Json).Title, row.Version, row.PublishedAt, row.PublishedBy, row.Message);

    /// <summary>A published version, compiled; null when there is none.</summary>
    public async Task<CompiledBlueprint?> PublishedAsync(string name, int? version, CancellationToken ct) =>
        await library.VersionAsync(name, version, ct) is { } row ? CompiledBlueprint.FromJson(row.Json) : null;

    public static OperationFault NoBlueprint(string name, int? version) => new(
        FaultKind.Invalid,
        "UnknownBlueprint",
        version is null ? $"There is no published blueprint {name}." : $"Blueprint {name} has no version {version}.",
        version is null ? "blueprint" : "version");

    private IReadOnlyList<GraphNode> Graph(CompiledBlueprint blueprint, IReadOnlySet<string> noOp) => [.. blueprint.Nodes.Select(node =>
    {
        var type = node.Type is { } used ? library.Catalog.Find(used) : null;
        return ViewBuilder.Node(blueprint, node, type?.Icon, type?.Title, noOp.Contains(node.Name));
    })];

    private IReadOnlyList<string> CloudsOf(CompiledBlueprint blueprint)
    {
        var noOp = blueprint.Nodes.Where(node => node.NoOp).Select(node => node.Name).ToHashSet(StringComparer.Ordinal);
        return [.. Placement.Clouds.Where(cloud => Placement.Check(blueprint, library.Catalog.Find, cloud, noOp).Count == 0)];
    }

    private static JsonObject Schema(NoOpNode node)
    {
        var properties = new JsonObject();
        foreach (var output in node.Required)
        {
            var schema = (JsonObject)output.Schema.DeepClone();
            schema["description"] ??= $"Needed by {string.Join(", ", output.NeededBy)}.";
            properties[output.Output] = schema;
        }

        return new JsonObject
        {
            ["type"] = "object",
            ["title"] = node.Node,
            ["properties"] = properties,
            ["required"] = new JsonArray([.. node.Required.Select(output => (JsonNode)output.Output)]),
        };
    }
}
