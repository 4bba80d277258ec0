using System.Text.Json.Nodes;

namespace Fabric.Workflows.Blueprints.Elsa;

/// <summary>What a node stands after, from the connections: a connection along which a value flows is a binding already.</summary>
internal static class ElsaEdges
{
    /// <summary>The nodes with their <c>after</c>; it is left as it is where no connection was made or taken away.</summary>
    public static IReadOnlyList<ElsaNode> Connect(IReadOnlyList<ElsaNode> nodes, ElsaGraph graph, ElsaFindings findings)
    {
        var names = nodes.ToDictionary(node => node.Activity.Id, node => node.Name, StringComparer.Ordinal);
        var present = names.Values.ToHashSet(StringComparer.Ordinal);
        return [.. nodes.Select(node => Connect(node, [.. graph.Before(node.Activity.Id).Where(names.ContainsKey).Select(id => names[id])], present, findings))];
    }

    private static ElsaNode Connect(ElsaNode node, HashSet<string> connected, HashSet<string> present, ElsaFindings findings)
    {
        var gone = node.BeforeEdges.Where(name => !connected.Contains(name)).ToHashSet(StringComparer.Ordinal);
        var made = connected.Where(name => !node.BeforeEdges.Contains(name)).ToList();
        if (node.Before is not null && gone.Count == 0 && made.Count == 0)
            return node;
        var bound = Bound(node.Wanted);
        foreach (var name in gone.Where(name => bound.Contains(name) && present.Contains(name)).Order(StringComparer.Ordinal))
            findings.Notice(ElsaFindingCodes.StillBound, node.Activity.Path, $"No connection leads from '{name}' to '{node.Name}' any more, and '{node.Name}' still takes a value from it, so it waits for it still. Change that value to do without.", node.Activity.Id);
        var after = (node.Before?["after"]).Texts().Where(name => !gone.Contains(name)).Concat(made.Where(name => !bound.Contains(name))).Distinct().ToList();
        var wanted = (JsonObject)node.Wanted.DeepClone();
        wanted.Remove("after");
        if (after.Count > 0)
            wanted["after"] = new JsonArray([.. after.Select(name => (JsonNode)name)]);
        return node with { Wanted = wanted };
    }

    private static HashSet<string> Bound(JsonObject node)
    {
        var bound = Bindings.References(node["config"]).Select(reference => reference.Root).ToHashSet(StringComparer.Ordinal);
        if (node["gate"] is not null && node["node"].Text() is { } target)
            bound.Add(target);
        return bound;
    }
}
