using System.Text.Json.Nodes;
using Fabric.Workflows.Blueprints.Yaml;
using Fabric.Workflows.Catalog;

namespace Fabric.Workflows.Blueprints.Editing;

/// <summary>A draft read leniently: what is wrong with it is the compiler's to say, what can be drawn is drawn.</summary>
internal sealed class DraftSource
{
    private DraftSource(string name, string? title, JsonObject nodes, JsonObject layout, JsonObject parameters, HashSet<string> noOp, HashSet<string> own, EntityCatalog catalog)
    {
        (Name, Title, Layout, Parameters, NoOp) = (name, title, layout, parameters, noOp);
        Nodes = [.. nodes.Select(pair => new SourceNode(pair.Key, pair.Value as JsonObject ?? [], own.Contains(pair.Key), TypeOf(pair.Value, catalog)))];
        ByName = Nodes.ToDictionary(node => node.Name, StringComparer.Ordinal);
    }

    public string Name { get; }

    public string? Title { get; }

    public JsonObject Layout { get; }

    /// <summary>The parameters' schema.</summary>
    public JsonObject Parameters { get; }

    /// <summary>Nodes listed under <c>noop</c>, here or in a base.</summary>
    public HashSet<string> NoOp { get; }

    /// <summary>In the order they are written, inherited ones first.</summary>
    public IReadOnlyList<SourceNode> Nodes { get; }

    public IReadOnlyDictionary<string, SourceNode> ByName { get; }

    public static DraftSource Read(Draft draft)
    {
        var own = draft.Text.Nodes.Select(node => node.Name).ToHashSet(StringComparer.Ordinal);
        if (new Derivation(draft.BaseText, new FaultList()).Read(draft.Text.Text, draft.Text.File) is { } source)
        {
            return new DraftSource(
                source.Name ?? "", source.Title, source.Nodes.ToJson(), source.Layout.ToJson(), source.Parameters.ToJson(),
                [.. source.NoOp.Select(name => name.Value)], own, draft.Catalog);
        }

        // Its base cannot be read: what is written here can be drawn all the same.
        var spec = draft.Text.Json["spec"] as JsonObject ?? [];
        return new DraftSource(
            draft.Text.At("metadata", "name")?.ToString() ?? "", draft.Text.At("metadata", "title")?.ToString(),
            spec["nodes"] as JsonObject ?? [], spec["layout"] as JsonObject ?? [], spec["parameters"] as JsonObject ?? [],
            [.. (spec["noop"] as JsonArray ?? []).Select(name => name?.ToString() ?? "")], own, draft.Catalog);
    }

    private static EntityType? TypeOf(JsonNode? node, EntityCatalog catalog) =>
        node is JsonObject map && map["entity"] is JsonValue value && value.TryGetValue<string>(out var reference)
            ? catalog.Find(reference.Split('@')[0], reference.Contains('@', StringComparison.Ordinal) ? reference[(reference.IndexOf('@', StringComparison.Ordinal) + 1)..] : "")
            : null;
}

/// <summary>A node as written, what it inherits merged in.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Json">Its fields.</param>
/// <param name="Own">Written in this file, if only in part.</param>
/// <param name="Type">Its type; null for gates and for types that are not in the catalog.</param>
internal sealed record SourceNode(string Name, JsonObject Json, bool Own, EntityType? Type)
{
    public JsonObject Config => Json["config"] as JsonObject ?? [];

    public bool IsGate => Json["gate"] is not null;

    public IReadOnlyList<string> After => [.. (Json["after"] as JsonArray ?? []).Select(name => name?.ToString() ?? "")];

    /// <summary>Every binding of its configuration to another root.</summary>
    public IEnumerable<BindingRef> Bindings => Blueprints.Bindings.References(Config);
}
