using System.Text.Json.Nodes;

namespace Fabric.Workflows.Blueprints.Editing;

/// <summary>Whether an output fits into an input.</summary>
/// <param name="Refusal">Why not, as a sentence; null when it fits.</param>
public readonly record struct PortFit(string? Refusal);

/// <summary>Typed ports: outputs of a node's type, and the fields of its configuration.</summary>
public static class Ports
{
    /// <summary>Every input that an output may be dragged to: node and path of the field.</summary>
    public static IReadOnlyList<(string Node, string Input)> FittingInputs(Draft draft, string from, string output) =>
        draft.Source.ByName.TryGetValue(from, out var source)
            ?
            [
                .. from node in draft.Source.Nodes
                   where node.Name != @from && node.Type is not null && DraftGraph.CycleWith(draft, @from, node.Name) is null
                   from input in Names(node.Type!.Config)
                   where Fit(source, output, node, input).Refusal is null
                   select (node.Name, input),
            ]
            : [];

    internal static PortFit Fit(SourceNode from, string output, SourceNode to, string input)
    {
        if (from.Type is null || to.Type is null)
            return new PortFit($"The type of {(from.Type is null ? from.Name : to.Name)} is not known, so nothing can be bound to it.");
        if (SchemaTypes.At(from.Type.Outputs, output.Split('.')) is not { } given)
            return new PortFit($"{from.Type.Ref} has no output '{output}'.");
        if (SchemaTypes.At(to.Type.Config, input.Split('.')) is not { } wanted)
            return new PortFit($"{to.Type.Ref} has no setting '{input}'.");
        return TakesItem(from, output, to, input) || SchemaTypes.Mismatch(given, wanted) is not { } why ? default : new PortFit($"{from.Name}.{output} {why}.");
    }

    /// <summary>The input is a list and the output is one item of it.</summary>
    internal static bool TakesItem(SourceNode from, string output, SourceNode to, string input) =>
        SchemaTypes.At(from.Type!.Outputs, output.Split('.')) is { } given && SchemaTypes.At(to.Type!.Config, input.Split('.')) is { } wanted
        && SchemaTypes.Of(wanted) is ["array"] && SchemaTypes.Of(given) is not ["array"] and { Count: > 0 } && (wanted["items"] is not JsonObject item || SchemaTypes.Mismatch(given, item) is null);

    internal static IEnumerable<string> Names(JsonObject schema) => (schema["properties"] as JsonObject ?? []).Select(property => property.Key);

    internal static JsonNode? ValueAt(JsonObject config, string path)
    {
        JsonNode? at = config;
        foreach (var segment in path.Split('.'))
            at = (at as JsonObject)?[segment];
        return at;
    }
}
