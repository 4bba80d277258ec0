using Fabric.Web.Live;

namespace Fabric.Web.Controls;

/// <summary>What the browser already has of a drawing, so that only what changed is sent.</summary>
internal sealed class GraphWire
{
    private readonly Dictionary<string, WirePaint> paints = [];
    private IReadOnlyList<GraphNode>? nodes;
    private EdgeMarks marks = EdgeMarks.None;
    private string? selected;

    public IReadOnlyList<WireNode>? NodesChanged(IReadOnlyList<GraphNode> now, EdgeMarks marked)
    {
        if (nodes is not null && marks.Equals(marked) && (ReferenceEquals(nodes, now) || Same(nodes, now)))
            return null;
        (nodes, marks) = (now, marked);
        paints.Clear();
        return [.. now.Select(node => new WireNode(node.Name, node.Title, TypeIcons.Of(node.Icon), node.DependsOn, node.Bindings, node.NoOp, node.X, node.Y, marked.Of(node.Name)))];
    }

    public Dictionary<string, WirePaint> PaintsChanged(IReadOnlyList<GraphNode> drawn, IReadOnlyDictionary<string, NodePaint> now)
    {
        var changed = new Dictionary<string, WirePaint>();
        foreach (var node in drawn)
        {
            var paint = WirePaint.Of(now.GetValueOrDefault(node.Name, NodePaint.Empty));
            if (!paints.TryGetValue(node.Name, out var before) || before != paint)
                changed[node.Name] = paints[node.Name] = paint;
        }

        return changed;
    }

    public bool SelectionChanged(string? now)
    {
        if (selected == now)
            return false;
        selected = now;
        return true;
    }

    /// <summary>Views are made anew at every refresh, so lists are compared by what stands in them.</summary>
    private static bool Same(IReadOnlyList<GraphNode> a, IReadOnlyList<GraphNode> b) =>
        a.Count == b.Count && a.Zip(b).All(pair =>
            pair.First with { DependsOn = pair.Second.DependsOn, Bindings = pair.Second.Bindings } == pair.Second
            && pair.First.DependsOn.SequenceEqual(pair.Second.DependsOn)
            && pair.First.Bindings.SequenceEqual(pair.Second.Bindings));
}

/// <summary>A node as the browser gets it.</summary>
internal sealed record WireNode(string Name, string Title, string Icon, IReadOnlyList<string> DependsOn, IReadOnlyList<string> Bindings, bool NoOp, double? X, double? Y, IReadOnlyDictionary<string, string>? Marks = null);

/// <summary>A node's look as the browser gets it: the table of states stays on the server.</summary>
internal sealed record WirePaint(string Css, string Icon, string Word, string Line, int Percent, bool Drifted)
{
    public static WirePaint Of(NodePaint paint)
    {
        var style = StateStyle.Of(paint.State);
        return new WirePaint(style.Css, style.Icon, style.Word, paint.Line, paint.Percent, paint.Drifted);
    }
}
