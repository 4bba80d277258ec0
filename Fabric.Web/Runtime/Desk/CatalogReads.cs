using System.Text.Json.Nodes;
using Fabric.Web.Live;
using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Blueprints.Versions;
using Fabric.Workflows.Clouds.Accounts;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Persistence;

namespace Fabric.Web.Runtime.Desk;

/// <summary>Published blueprints, as the new-environment form needs them.</summary>
internal sealed class CatalogReads(BlueprintLibrary library)
{
    public async Task<IReadOnlyList<BlueprintLine>> ListAsync(CancellationToken ct) =>
        [.. (await library.NewestRowsAsync(ct)).Select(row => Line(row, CompiledBlueprint.FromJson(row.Json)))];

    public async Task<Outcome<BlueprintForm>> FormAsync(string name, int? version, string cloud, IReadOnlyList<string> noOp, CancellationToken ct)
    {
        var published = await PublishedAsync(name, version, ct);
        if (!published.Succeeded)
            return published.Cast<BlueprintForm>();
        var blueprint = published.Value;
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
        // Where every version is retired, the last one is still there to be read.
        if ((await library.VersionAsync(name, version, ct) ?? (version is null ? await library.LastAsync(name, ct) : null)) is not { } row)
            return null;
        var blueprint = CompiledBlueprint.FromJson(row.Json);
        return new BlueprintVersionView(Line(row), blueprint.Description ?? "", row.Yaml, Graph(blueprint));
    }

    private static BlueprintVersionLine Line(BlueprintVersionRecord row) =>
        new(row.Name, CompiledBlueprint.FromJson(row.Json).Title, row.Version, row.PublishedAt, row.PublishedBy, row.Message) { Stage = row.Stage, StageReason = row.StageReason };

    private BlueprintLine Line(BlueprintVersionRecord row, CompiledBlueprint blueprint) =>
        new(blueprint.Name, blueprint.Title, blueprint.Description ?? "", blueprint.Version, CloudsOf(blueprint))
    {
        Deprecated = row.Stage is VersionStage.Deprecated ? row.StageReason : null,
        CloudsWithAccount = [.. Placement.Clouds.Where(cloud => AccountChoice.IsNeeded(blueprint, library.Catalog.Find, cloud, new HashSet<string>()))],
    };

    /// <summary>A published version that something new may start on, compiled.</summary>
    /// <param name="name">Blueprint.</param>
    /// <param name="version">A version; null for the newest usable one.</param>
    /// <param name="standing">The version an environment is on already: it may stay there whatever became of it.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<Outcome<CompiledBlueprint>> PublishedAsync(string name, int? version, CancellationToken ct, int? standing = null)
    {
        if (await library.VersionAsync(name, version, ct) is not { } row)
            return NoBlueprint(name, version);
        return row.Version != standing && VersionChoice.Refuse(row) is { } retired ? retired : CompiledBlueprint.FromJson(row.Json);
    }

    private static OperationFault NoBlueprint(string name, int? version) => new(
        FaultKind.Invalid,
        "UnknownBlueprint",
        version is null ? $"There is no published blueprint {name}." : $"Blueprint {name} has no version {version}.",
        version is null ? "blueprint" : "version");

    /// <summary>The drawing of a blueprint, with its own no-ops.</summary>
    public IReadOnlyList<GraphNode> Graph(CompiledBlueprint blueprint) => Graph(blueprint, blueprint.Nodes.Where(node => node.NoOp).Select(node => node.Name).ToHashSet(StringComparer.Ordinal));

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
