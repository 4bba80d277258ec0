using Fabric.Web.Live;

namespace Fabric.Web.Controls;

/// <summary>Nodes so that each stands after all it waits for; those free to go keep the order they came in.</summary>
public static class ExecutionOrder
{
    /// <summary>The nodes in order; members of a cycle, which no blueprint has, come last.</summary>
    public static IReadOnlyList<GraphNode> Of(IReadOnlyList<GraphNode> nodes)
    {
        var rest = nodes.ToList();
        var open = nodes.Select(node => node.Name).ToHashSet();
        var done = new List<GraphNode>(nodes.Count);
        while (rest.Find(node => !node.DependsOn.Any(open.Contains)) is { } next)
        {
            done.Add(next);
            open.Remove(next.Name);
            rest.Remove(next);
        }

        return [.. done, .. rest];
    }
}
