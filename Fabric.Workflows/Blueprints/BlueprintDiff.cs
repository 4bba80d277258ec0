using System.Text.Json;
using System.Text.Json.Nodes;

namespace Fabric.Workflows.Blueprints;

/// <param name="Path">Dotted.</param>
/// <param name="From">Null when it was not there.</param>
/// <param name="To">Null when it is gone.</param>
public sealed record FieldChange(string Path, JsonNode? From, JsonNode? To);

/// <param name="Node">Its name in the newer version.</param>
/// <param name="Was">Its name in the older one when it was renamed.</param>
/// <param name="Fields">What is different, in the order of their paths.</param>
public sealed record NodeChange(string Node, string? Was, IReadOnlyList<FieldChange> Fields);

/// <summary>What is different between two compiled blueprints.</summary>
/// <param name="Added">Nodes only in the newer one.</param>
/// <param name="Removed">Nodes only in the older one: their entities would be deleted.</param>
/// <param name="Changed">Nodes in both that differ.</param>
/// <param name="Parameters">Changes of the parameters' schema.</param>
/// <param name="Outputs">Changes of the outputs.</param>
/// <param name="Policies">Changes of the rules for plans.</param>
public sealed record BlueprintDiff(
    IReadOnlyList<string> Added, IReadOnlyList<string> Removed, IReadOnlyList<NodeChange> Changed,
    IReadOnlyList<FieldChange> Parameters, IReadOnlyList<FieldChange> Outputs, IReadOnlyList<FieldChange> Policies)
{
    public bool IsEmpty => Added.Count + Removed.Count + Changed.Count + Parameters.Count + Outputs.Count + Policies.Count == 0;

    /// <summary>From <paramref name="a"/>, the older, to <paramref name="b"/>; positions on the canvas are no difference.</summary>
    public static BlueprintDiff Compare(CompiledBlueprint a, CompiledBlueprint b)
    {
        var before = a.Nodes.ToDictionary(n => n.Name, StringComparer.Ordinal);
        var added = new List<string>();
        var changed = new List<NodeChange>();
        foreach (var node in b.Nodes)
        {
            var was = before.ContainsKey(node.Name) ? node.Name : node.Was;
            if (was is null || !before.Remove(was, out var old)) added.Add(node.Name);
            else if (Fields(Shown(old), Shown(node)) is { Count: > 0 } fields || was != node.Name)
                changed.Add(new NodeChange(node.Name, was == node.Name ? null : was, Fields(Shown(old), Shown(node))));
        }

        return new BlueprintDiff(added, [.. a.Nodes.Select(n => n.Name).Where(before.ContainsKey)], changed,
            Fields(a.Parameters, b.Parameters), Fields(JsonSerializer.SerializeToNode(a.Outputs)!, JsonSerializer.SerializeToNode(b.Outputs)!), Fields(BlueprintPolicy.Map(a.Policies) ?? [], BlueprintPolicy.Map(b.Policies) ?? []));
    }

    /// <summary>The leaves in which two JSON values differ; a list counts as one leaf.</summary>
    public static IReadOnlyList<FieldChange> Fields(JsonNode? from, JsonNode? to)
    {
        var changes = new List<FieldChange>();
        Collect(from, to, "", changes);
        return [.. changes.OrderBy(c => c.Path, StringComparer.Ordinal)];
    }

    private static void Collect(JsonNode? from, JsonNode? to, string path, List<FieldChange> changes)
    {
        if (from is JsonObject a && to is JsonObject b)
        {
            foreach (var name in a.Select(p => p.Key).Union(b.Select(p => p.Key)))
                Collect(a[name], b[name], Bindings.Join(path, name), changes);
        }
        else if (!JsonNode.DeepEquals(from, to))
        {
            changes.Add(new FieldChange(path, from?.DeepClone(), to?.DeepClone()));
        }
    }

    // The name is compared by the caller, DependsOn follows from the rest, and 'was' is about the way, not the place.
    private static JsonObject Shown(BlueprintNode node)
    {
        var json = (JsonObject)JsonSerializer.SerializeToNode(node, CatalogJson.Options)!;
        foreach (var name in (string[])["name", "dependsOn", "was"]) json.Remove(name);
        return json;
    }
}
