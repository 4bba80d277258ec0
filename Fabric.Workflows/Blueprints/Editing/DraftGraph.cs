namespace Fabric.Workflows.Blueprints.Editing;

/// <summary>Questions about the edges of a draft.</summary>
public static class DraftGraph
{
    /// <summary>The circle that an edge would close, from its first node back to it; null when it closes none.</summary>
    public static IReadOnlyList<string>? CycleWith(Draft draft, string from, string to)
    {
        if (from == to)
            return [from, to];
        // The edge says that "to" waits for "from"; a circle is there when "from" already waits for "to".
        var cameFrom = new Dictionary<string, string>(StringComparer.Ordinal);
        var open = new Queue<string>([from]);
        while (open.TryDequeue(out var name))
        {
            foreach (var before in Before(draft, name).Where(before => before != from && cameFrom.TryAdd(before, name)))
            {
                if (before == to)
                    return [.. Path(cameFrom, from, to), to];
                open.Enqueue(before);
            }
        }

        return null;
    }

    /// <summary>Nodes that a node waits for, by binding or bare edge.</summary>
    internal static IEnumerable<string> Before(Draft draft, string name) => draft.Source.ByName.TryGetValue(name, out var node)
        ? node.Bindings.Select(binding => binding.Root).Concat(node.After).Concat(node.Json["node"]?.ToString() is { } target ? [target] : []).Where(draft.Source.ByName.ContainsKey).Distinct()
        : [];

    private static IEnumerable<string> Path(Dictionary<string, string> cameFrom, string from, string to)
    {
        for (var at = to; ; at = cameFrom[at])
        {
            yield return at;
            if (at == from)
                yield break;
        }
    }
}
