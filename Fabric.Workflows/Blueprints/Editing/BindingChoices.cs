using System.Text.Json.Nodes;
using Fabric.Workflows.Catalog;

namespace Fabric.Workflows.Blueprints.Editing;

/// <summary>A value that a field can be bound to.</summary>
/// <param name="Expression">As it is written: <c>${network.networkId}</c>.</param>
/// <param name="Label">What people read: <c>network.networkId</c>.</param>
/// <param name="Type">Its type in words.</param>
public sealed record BindingChoice(string Expression, string Label, string Type);

/// <summary>What fits where: the other side of <see cref="Ports.FittingInputs"/>.</summary>
public static class BindingChoices
{
    /// <summary>Parameters, outputs that close no circle, and values of the environment, each where it fits the field.</summary>
    /// <param name="draft">The draft.</param>
    /// <param name="node">The node with the field.</param>
    /// <param name="path">Dotted path of the field in its configuration.</param>
    public static IReadOnlyList<BindingChoice> For(Draft draft, string node, string path) =>
        draft.Source.ByName.GetValueOrDefault(node) is { Type: { } type } to && SchemaTypes.At(type.Config, path.Split('.')) is { } wanted
            ? [.. Parameters(draft).Where(given => SchemaTypes.Mismatch(given.Schema, wanted) is null).Select(given => given.Choice), .. Outputs(draft, to, path), .. OfEnvironment(wanted)]
            : [];

    /// <summary>Everything that one of the blueprint's own outputs can show: any parameter, any output of any node.</summary>
    public static IReadOnlyList<BindingChoice> ForOutputs(Draft draft) =>
    [
        .. Parameters(draft).Select(given => given.Choice),
        .. draft.Source.Nodes.Where(from => from.Type is not null).SelectMany(from => Ports.Names(from.Type!.Outputs).Select(output => Choice(from.Name, output, SchemaTypes.At(from.Type.Outputs, [output])))),
    ];

    /// <summary>What can be connected from a node: its outputs, and the inputs of others that each fits.</summary>
    public static IReadOnlyList<string> OutputsOf(Draft draft, string node) =>
        draft.Source.ByName.GetValueOrDefault(node)?.Type is { } type ? [.. Ports.Names(type.Outputs)] : [];

    /// <summary>Nodes that may wait for a node without closing a circle.</summary>
    public static IReadOnlyList<string> MayFollow(Draft draft, string node) =>
        [.. draft.Source.Nodes.Where(other => other.Name != node && DraftGraph.CycleWith(draft, node, other.Name) is null).Select(other => other.Name)];

    private static IEnumerable<(JsonObject Schema, BindingChoice Choice)> Parameters(Draft draft) =>
        from name in Ports.Names(draft.Source.Parameters)
        let schema = SchemaTypes.At(draft.Source.Parameters, [name]) ?? []
        select (schema, Choice("param", name, schema));

    private static IEnumerable<BindingChoice> OfEnvironment(JsonObject wanted)
    {
        var text = new JsonObject { ["type"] = "string" };
        return SchemaTypes.Mismatch(text, wanted) is null ? TemplateCheck.Environment.Select(name => Choice("env", name, text)) : [];
    }

    private static IEnumerable<BindingChoice> Outputs(Draft draft, SourceNode to, string path) =>
        from source in draft.Source.Nodes
        where source.Type is not null && source.Name != to.Name && DraftGraph.CycleWith(draft, source.Name, to.Name) is null
        from output in Ports.Names(source.Type!.Outputs)
        where Ports.Fit(source, output, to, path).Refusal is null && !Ports.TakesItem(source, output, to, path)
        select Choice(source.Name, output, SchemaTypes.At(source.Type!.Outputs, [output]));

    private static BindingChoice Choice(string root, string name, JsonObject? schema) =>
        new($"${{{root}.{name}}}", $"{root}.{name}", SchemaTypes.Describe(SchemaTypes.Of(schema ?? [])));
}
