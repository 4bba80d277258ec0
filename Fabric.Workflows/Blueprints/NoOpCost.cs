using System.Text.Json.Nodes;

namespace Fabric.Workflows.Blueprints;

/// <param name="Nodes">One for every no-op node, in the order of the graph.</param>
public sealed record NoOpReport(IReadOnlyList<NoOpNode> Nodes)
{
    /// <summary>Names of the steps that will be skipped.</summary>
    public IReadOnlyList<string> HeldSteps => [.. Nodes.Select(n => n.Node)];

    /// <summary>What is still to be given: node and output of every required input that <paramref name="adopted"/> lacks or has wrong.</summary>
    /// <param name="adopted">Node to output to value.</param>
    public IReadOnlyList<SchemaIssue> Check(JsonObject adopted) => [.. Nodes.SelectMany(n => n.Required.SelectMany(r =>
        (adopted[n.Node] as JsonObject)?.ContainsKey(r.Output) == true
            ? SchemaCheck.Validate(adopted[n.Node]![r.Output], r.Schema).Select(i => i with { Path = Bindings.Join($"{n.Node}.{r.Output}", i.Path).TrimEnd('.') })
            : [new SchemaIssue($"{n.Node}.{r.Output}", SchemaProblem.Missing, $"is needed by {string.Join(", ", r.NeededBy)}; give the value of what you already have.")]))];
}

/// <param name="Node">The node that is not executed.</param>
/// <param name="Required">Outputs that have to be adopted.</param>
public sealed record NoOpNode(string Node, IReadOnlyList<RequiredOutput> Required);

/// <param name="Output">Name of the output.</param>
/// <param name="Schema">Its JSON Schema; a form can be drawn from it.</param>
/// <param name="NeededBy">Nodes that bind to it, and <c>outputs.name</c> for the blueprint's own outputs.</param>
public sealed record RequiredOutput(string Output, JsonObject Schema, IReadOnlyList<string> NeededBy);

/// <summary>What flagging nodes as no-op costs: the values someone has to give in their place.</summary>
public static class NoOpCost
{
    /// <param name="blueprint">The compiled blueprint.</param>
    /// <param name="types">Where types come from; an unknown type's outputs are taken to be of any kind.</param>
    /// <param name="noop">Nodes not executed, beside those the blueprint itself flags.</param>
    public static NoOpReport Compute(CompiledBlueprint blueprint, EntityCatalogLookup types, IReadOnlySet<string> noop)
    {
        bool Skipped(BlueprintNode node) => node.NoOp || noop.Contains(node.Name);
        // What a skipped node would itself have needed, nobody asks for.
        var uses = blueprint.Nodes.Where(n => !Skipped(n)).SelectMany(n => Bindings.References(n.Config).Select(r => (By: n.Name, Ref: r)))
            .Concat(blueprint.Outputs.SelectMany(o => Bindings.References(JsonValue.Create(o.Value)).Select(r => (By: $"outputs.{o.Key}", Ref: r))))
            .Where(u => u.Ref.Path.Count > 0)
            .ToLookup(u => u.Ref.Root, StringComparer.Ordinal);
        return new NoOpReport([.. blueprint.Nodes.Where(Skipped).Select(node => new NoOpNode(node.Name,
        [
            .. uses[node.Name].GroupBy(u => u.Ref.Path[0], StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => new RequiredOutput(
                g.Key,
                Schema(node, g.Key, types),
                [.. g.Select(u => u.By).Distinct()])),
        ]))]);
    }

    private static JsonObject Schema(BlueprintNode node, string output, EntityCatalogLookup types) =>
        node.Type is { } reference && types(reference) is { } type && SchemaTypes.At(type.Outputs, [output]) is { } schema
            ? (JsonObject)schema.DeepClone()
            : [];
}
