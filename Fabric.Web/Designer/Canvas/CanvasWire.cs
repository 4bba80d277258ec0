using Fabric.Web.Controls;
using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Blueprints.Editing;

namespace Fabric.Web.Designer.Canvas;

/// <summary>What the browser already has of the canvas, so that only what changed is sent. Ports are sent once per entity type.</summary>
internal sealed class CanvasWire
{
    private readonly Dictionary<string, string> nodes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CanvasEdge> edges = new(StringComparer.Ordinal);
    private readonly HashSet<string> types = new(StringComparer.Ordinal);
    private bool opened;

    /// <summary>The difference; null when there is none.</summary>
    public WireChange? Next(CanvasModel model, IReadOnlyList<Fault> problems)
    {
        var faults = problems.Where(fault => fault.Node is not null).CountBy(fault => fault.Node!, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        var cards = model.Nodes.Select(node => WireCard.Of(node, faults.GetValueOrDefault(node.Name))).ToList();
        var change = new WireChange(
            !opened,
            model.Nodes.Where(node => node.Entity is not null && types.Add(TypeKey(node))).ToDictionary(TypeKey, WirePorts.Of, StringComparer.Ordinal),
            [.. cards.Where(card => !nodes.TryGetValue(card.Name, out var before) || before != card.Identity)],
            [.. nodes.Keys.Except(cards.Select(card => card.Name))],
            [.. model.Edges.Where(edge => !edges.TryGetValue(Id(edge), out var before) || !Same(before, edge)).Select(WireLine.Of)],
            [.. edges.Keys.Except(model.Edges.Select(Id))]);
        opened = true;
        Keep(cards, model);
        return change is { All: false, Nodes.Count: 0, Gone.Count: 0, Edges.Count: 0, GoneEdges.Count: 0 } ? null : change;
    }

    /// <summary>What all nodes of a type have in common, under one name.</summary>
    internal static string TypeKey(CanvasNode node) => $"{node.Entity} {node.Inputs.Count}/{node.Outputs.Count}";

    private void Keep(IReadOnlyList<WireCard> cards, CanvasModel model)
    {
        nodes.Clear();
        edges.Clear();
        foreach (var card in cards)
            nodes[card.Name] = card.Identity;
        foreach (var edge in model.Edges)
            edges[Id(edge)] = edge;
    }

    private static string Id(CanvasEdge edge) => $"{edge.From}>{edge.To}";

    private static bool Same(CanvasEdge a, CanvasEdge b) => a.Bindings.SequenceEqual(b.Bindings);
}

/// <summary>A difference as the browser gets it.</summary>
internal sealed record WireChange(
    bool All, IReadOnlyDictionary<string, WirePorts> Types, IReadOnlyList<WireCard> Nodes, IReadOnlyList<string> Gone, IReadOnlyList<WireLine> Edges, IReadOnlyList<string> GoneEdges);

/// <summary>The ports of an entity type.</summary>
internal sealed record WirePorts(IReadOnlyList<WirePort> Ins, IReadOnlyList<WirePort> Outs)
{
    public static WirePorts Of(CanvasNode node) => new([.. node.Inputs.Select(WirePort.Of)], [.. node.Outputs.Select(WirePort.Of)]);
}

/// <summary>One port.</summary>
internal sealed record WirePort(string Path, string Title, string Type, bool Required)
{
    public static WirePort Of(CanvasPort port) => new(port.Path, port.Title, port.Type, port.Required);
}

/// <summary>A node as the browser gets it.</summary>
internal sealed record WireCard(
    string Name, string Title, string Line, string Icon, string? Type, bool Gate, double? X, double? Y, bool NoOp, bool Inherited, int Faults, IReadOnlyDictionary<string, string> Bound)
{
    /// <summary>Two cards that look the same have the same one.</summary>
    internal string Identity => string.Join('\n', [Name, Title, Line, Icon, Type ?? "", $"{Gate} {X} {Y} {NoOp} {Inherited} {Faults}", .. Bound.Select(pair => $"{pair.Key}={pair.Value}")]);

    public static WireCard Of(CanvasNode node, int faults) => new(
        node.Name,
        node.Title ?? node.TypeTitle ?? node.Name,
        node.Title ?? (node.Kind == "entity" ? node.Entity ?? "" : $"{node.Kind} gate"),
        TypeIcons.Of(node.Kind == "entity" ? node.Icon : node.Kind),
        node.Entity is null ? null : CanvasWire.TypeKey(node),
        node.Kind != "entity",
        node.X,
        node.Y,
        node.NoOp,
        node.Inherited,
        faults,
        node.Inputs.Where(port => port.BoundTo is not null).ToDictionary(port => port.Path, port => port.BoundTo!, StringComparer.Ordinal));
}

/// <summary>An edge as the browser gets it.</summary>
internal sealed record WireLine(string From, string To, string Label, bool Bare)
{
    public static WireLine Of(CanvasEdge edge) => new(edge.From, edge.To, string.Join(", ", edge.Bindings.Select(binding => binding.Output)), edge.Bindings.Count == 0);
}
