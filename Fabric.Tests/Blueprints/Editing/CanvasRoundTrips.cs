using System.Text.Json.Nodes;
using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Blueprints.Editing;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Fabric.Tests.Blueprints.Editing;

/// <summary>Random graphs, drawn and read, and random edits of them.</summary>
public sealed class CanvasRoundTrips
{
    private const string Empty = "# Ours.\nkind: Blueprint\nmetadata: { name: sample }\nspec:\n  nodes: {}\n";

    [Property(Arbitrary = [typeof(Graphs)])]
    public bool A_canvas_written_as_a_text_reads_as_the_same_canvas(Drawing drawing)
    {
        var first = CanvasModel.Of(Drawn(drawing));
        var second = CanvasModel.Of(Redrawn(first));
        return Shown(first) == Shown(second) && first.Nodes.Count == drawing.Parents.Count + 1;
    }

    [Property(Arbitrary = [typeof(Graphs)])]
    public bool A_text_and_its_canvas_agree_whatever_is_edited(Drawing drawing, byte which, byte kind)
    {
        var draft = Drawn(drawing);
        var node = $"n{which % (drawing.Parents.Count + 1)}";
        var edited = Edit(kind, node, draft).Apply(draft);
        return edited.Text is null || Shown(CanvasModel.Of(draft.With(edited.Text))) == Shown(CanvasModel.Of(SampleDrafts.Of(edited.Text.Text)));
    }

    [Property(Arbitrary = [typeof(Graphs)])]
    public bool An_edit_touches_only_lines_of_the_nodes_it_concerns(Drawing drawing, byte which, byte kind)
    {
        var draft = Drawn(drawing);
        var node = $"n{which % (drawing.Parents.Count + 1)}";
        if (Edit(kind, node, draft).Apply(draft) is not { Text: { } edited })
            return true;
        var concerned = Concerned(draft, node);
        var (before, after) = (Blocks(draft.Text), Blocks(edited));
        return before.Where(block => !concerned.Contains(block.Key)).All(block => after.GetValueOrDefault(block.Key) == block.Value) && edited.Text.StartsWith("# Ours.\n", StringComparison.Ordinal);
    }

    /// <summary>The node itself, and those that mention it.</summary>
    private static HashSet<string> Concerned(Draft draft, string node) =>
        [node, .. CanvasModel.Of(draft).Edges.Where(edge => edge.From == node || edge.To == node).SelectMany(edge => new[] { edge.From, edge.To })];

    /// <summary>Each node's own lines.</summary>
    private static Dictionary<string, string> Blocks(BlueprintText text) => text.Nodes.ToDictionary(node => node.Name, node => text.Text[node.Start..node.End]);

    private static DraftEdit Edit(byte kind, string node, Draft draft) => (kind % 6) switch
    {
        0 => new MoveNodes(new Dictionary<string, (double, double)> { [node] = (kind * 8, kind) }),
        1 => new SetValue(node, "size", kind),
        2 => new RenameNode(node, "renamed"),
        3 => new RemoveNodes([node]),
        4 => new SetNoOp(node, true),
        _ => new Connect(draft.Text.Nodes[0].Name, null, node, null),
    };

    private static Draft Drawn(Drawing drawing)
    {
        var draft = SampleDrafts.Of(Empty).After(new AddNode("n0", new JsonObject { ["entity"] = "network@1", ["config"] = new JsonObject { ["cidr"] = "10.0.0.0/16" } }, 0, 0));
        foreach (var (index, (parent, bound)) in drawing.Parents.Index())
        {
            var name = $"n{index + 1}";
            draft = draft.After(new AddNode(name, new JsonObject { ["entity"] = "app@1", ["config"] = new JsonObject { ["size"] = index } }, index * 10, index))
                .After(bound ? new Connect("n0", "id", name, "network") : new Connect($"n{parent % (index + 1)}", null, name, null));
        }

        return draft;
    }

    /// <summary>The same canvas, drawn from nothing but what it shows.</summary>
    private static Draft Redrawn(CanvasModel model)
    {
        var draft = SampleDrafts.Of(Empty);
        foreach (var node in model.Nodes)
            draft = draft.After(new AddNode(node.Name, new JsonObject { ["entity"] = node.Entity }, node.X!.Value, node.Y!.Value));
        foreach (var edge in model.Edges)
            draft = edge.Bindings.Aggregate(edge.After ? draft.After(new Connect(edge.From, null, edge.To, null)) : draft, (drawn, binding) => drawn.After(new Connect(edge.From, binding.Output, edge.To, binding.Input)));
        return draft;
    }

    private static string Shown(CanvasModel model) => string.Join('\n', [
        .. model.Nodes.Select(node => $"{node.Name} {node.Entity} {node.X} {node.Y} {node.NoOp} {string.Join(',', node.Inputs.Select(port => $"{port.Path}={port.BoundTo}"))}"),
        .. model.Edges.Select(edge => $"{edge.From}>{edge.To} {edge.After} {string.Join(',', edge.Bindings)}"),
    ]);

    /// <summary>For each node after the first: which earlier one it waits for, and whether it is bound to the first instead.</summary>
    public sealed record Drawing(IReadOnlyList<(int Parent, bool Bound)> Parents);

    private static class Graphs
    {
        public static Arbitrary<Drawing> Drawings() =>
            Gen.Choose(0, 1000).Zip(Gen.Elements(true, false)).Select(pair => (pair.Item1, pair.Item2)).ListOf().Select(parents => new Drawing([.. parents.Take(12)])).ToArbitrary();
    }
}
