using System.Text.Json.Nodes;

namespace Fabric.Workflows.Blueprints.Editing;

/// <summary>What the canvas draws. It is derived from the text and can always be made, however wrong the text is.</summary>
/// <param name="Name">The blueprint.</param>
/// <param name="Title">Its title, when it has one.</param>
/// <param name="Nodes">In the order of the text, inherited ones first.</param>
/// <param name="Edges">One per pair of nodes.</param>
public sealed record CanvasModel(string Name, string? Title, IReadOnlyList<CanvasNode> Nodes, IReadOnlyList<CanvasEdge> Edges)
{
    /// <summary>The drawing of a draft.</summary>
    public static CanvasModel Of(Draft draft)
    {
        var source = draft.Source;
        var lines = draft.Text.Nodes.ToDictionary(node => node.Name, StringComparer.Ordinal);
        return new CanvasModel(source.Name, source.Title, [.. source.Nodes.Select(node => Node(node, source, lines.GetValueOrDefault(node.Name)))], [.. EdgesOf(draft)]);
    }

    private static CanvasNode Node(SourceNode node, DraftSource source, NodeSpan? span)
    {
        var place = source.Layout[node.Name] as JsonArray;
        var bound = node.Bindings.GroupBy(binding => binding.Where.Split('.')[0], StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First().Expression, StringComparer.Ordinal);
        return new CanvasNode
        {
            Name = node.Name,
            Title = node.Json["title"]?.ToString(),
            Kind = node.Json["gate"]?.ToString() ?? "entity",
            Entity = node.Json["entity"]?.ToString(),
            TypeTitle = node.Type?.Title,
            Icon = node.Type?.Icon ?? "",
            X = Number(place, 0),
            Y = Number(place, 1),
            NoOp = source.NoOp.Contains(node.Name) || node.Json["noop"]?.ToString() == "true",
            Inherited = !node.Own,
            Line = span?.Line,
            Inputs = node.Type is null ? [] : [.. Ports.Names(node.Type.Config).Select(name => Port(node.Type.Config, name, bound.GetValueOrDefault(name)))],
            Outputs = node.Type is null ? [] : [.. Ports.Names(node.Type.Outputs).Select(name => Port(node.Type.Outputs, name, null))],
        };
    }

    private static CanvasPort Port(JsonObject schema, string name, string? boundTo)
    {
        var property = SchemaTypes.At(schema, [name]) ?? [];
        var required = schema["required"] is JsonArray names && names.Any(required => required?.ToString() == name);
        return new CanvasPort(name, property["title"]?.ToString() ?? name, SchemaTypes.Describe(SchemaTypes.Of(property)), required, boundTo);
    }

    private static IEnumerable<CanvasEdge> EdgesOf(Draft draft) =>
        from node in draft.Source.Nodes
        from before in DraftGraph.Before(draft, node.Name)
        let bindings = node.Bindings.Where(binding => binding.Root == before).Select(binding => new CanvasBinding(string.Join('.', binding.Path), binding.Where)).ToList()
        select new CanvasEdge(before, node.Name, bindings, node.After.Contains(before));

    private static double? Number(JsonArray? place, int index) =>
        place is { Count: 2 } && place[index] is JsonValue value && value.TryGetValue<double>(out var number) ? number : null;
}

/// <summary>A card on the canvas.</summary>
public sealed record CanvasNode
{
    public required string Name { get; init; }

    public string? Title { get; init; }

    /// <summary><c>entity</c>, or the gate: <c>approval</c>, <c>wait</c>, <c>window</c>, <c>action</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The type as written: <c>pinot@1</c>; null for gates.</summary>
    public string? Entity { get; init; }

    /// <summary>Title of the type; null when the catalog does not have it.</summary>
    public string? TypeTitle { get; init; }

    public string Icon { get; init; } = "";

    /// <summary>Place on the canvas; null until it has one.</summary>
    public double? X { get; init; }

    public double? Y { get; init; }

    public bool NoOp { get; init; }

    /// <summary>Written in a base alone; an edit makes it this file's own.</summary>
    public bool Inherited { get; init; }

    /// <summary>1-based line in this file; null when it is inherited.</summary>
    public int? Line { get; init; }

    public IReadOnlyList<CanvasPort> Inputs { get; init; } = [];

    public IReadOnlyList<CanvasPort> Outputs { get; init; } = [];
}

/// <param name="Path">Name of the field or output.</param>
/// <param name="Title">What people read.</param>
/// <param name="Type">Its type in words.</param>
/// <param name="Required">The field must have a value.</param>
/// <param name="BoundTo">What it is bound to: <c>network.networkId</c>.</param>
public sealed record CanvasPort(string Path, string Title, string Type, bool Required, string? BoundTo);

/// <param name="From">The node waited for.</param>
/// <param name="To">The node that waits.</param>
/// <param name="Bindings">Values that flow; none for a bare edge.</param>
/// <param name="After">Whether the waiting node also lists it under <c>after</c>.</param>
public sealed record CanvasEdge(string From, string To, IReadOnlyList<CanvasBinding> Bindings, bool After);

/// <param name="Output">Dotted path in the outputs.</param>
/// <param name="Input">Dotted path in the configuration.</param>
public sealed record CanvasBinding(string Output, string Input);
