using Fabric.Web.Controls;
using Fabric.Web.Live;
using Fabric.Workflows.Blueprints;

namespace Fabric.Web.ConsoleView.Blueprints;

/// <summary>Two drawings in one: every node and edge of both, with what became of it.</summary>
/// <param name="Nodes">Nodes of the newer drawing, then those that are gone.</param>
/// <param name="Paints">What became of each.</param>
/// <param name="Edges">Edges that only one of the two has.</param>
public sealed record DiffDrawing(IReadOnlyList<GraphNode> Nodes, IReadOnlyDictionary<string, NodePaint> Paints, EdgeMarks Edges)
{
    private const double Width = 200;
    private const double Height = 64;

    /// <summary>Lays one drawing over the other.</summary>
    public static DiffDrawing Of(IReadOnlyList<GraphNode> before, IReadOnlyList<GraphNode> after, BlueprintDiff diff)
    {
        var names = diff.Changed.Where(change => change.Was is not null).ToDictionary(change => change.Was!, change => change.Node, StringComparer.Ordinal);
        string Now(string name) => names.GetValueOrDefault(name, name);
        var old = before.ToDictionary(node => Now(node.Name), node => node.DependsOn.Select(Now).ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal);
        var gone = before.Where(node => diff.Removed.Contains(node.Name)).ToList();
        var marks = new List<(string From, string To, string Css)>();
        var nodes = new List<GraphNode>();
        foreach (var node in after)
        {
            var was = old.GetValueOrDefault(node.Name, []);
            marks.AddRange(node.DependsOn.Where(from => !was.Contains(from)).Select(from => (from, node.Name, EdgeMarks.Added)));
            var lost = was.Where(from => !node.DependsOn.Contains(from)).ToList();
            marks.AddRange(lost.Select(from => (from, node.Name, EdgeMarks.Removed)));
            nodes.Add(node with { DependsOn = [.. node.DependsOn, .. lost] });
        }

        foreach (var node in gone)
        {
            marks.AddRange(old[node.Name].Select(from => (from, node.Name, EdgeMarks.Removed)));
            nodes.Add(node with { DependsOn = [.. old[node.Name]], Bindings = [.. node.Bindings.Select(Now)] });
        }

        return new DiffDrawing(Placed(nodes, gone), nodes.ToDictionary(node => node.Name, node => Paint(node, diff), StringComparer.Ordinal), new EdgeMarks(marks));
    }

    private static NodePaint Paint(GraphNode node, BlueprintDiff diff)
    {
        var state = diff.Added.Contains(node.Name) ? "DiffAdded" : diff.Removed.Contains(node.Name) ? "DiffRemoved" : "DiffSame";
        var change = diff.Changed.FirstOrDefault(change => change.Node == node.Name);
        var line = change is null ? node.Type ?? node.Title : change.Was is { } was ? $"was {was}" : $"{change.Fields.Count} {(change.Fields.Count == 1 ? "field" : "fields")}";
        return new NodePaint(change is null ? state : "DiffChanged", line, 0, false);
    }

    /// <summary>What is gone may stand where something new does; then all are laid out anew.</summary>
    private static IReadOnlyList<GraphNode> Placed(List<GraphNode> nodes, List<GraphNode> gone) =>
        nodes.Any(node => gone.Any(left => left.Name != node.Name && Covers(left, node))) ? [.. nodes.Select(node => node with { X = null, Y = null })] : nodes;

    private static bool Covers(GraphNode a, GraphNode b) => Math.Abs((a.X ?? 0) - (b.X ?? 0)) < Width && Math.Abs((a.Y ?? 0) - (b.Y ?? 0)) < Height;
}
