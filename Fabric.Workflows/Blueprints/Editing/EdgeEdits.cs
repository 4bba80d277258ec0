using System.Text.Json.Nodes;

namespace Fabric.Workflows.Blueprints.Editing;

/// <summary>Draws an edge: a binding when both ends name a port, otherwise a bare "waits for".</summary>
/// <param name="From">The node waited for.</param>
/// <param name="Output">Dotted path of its output; null for a bare edge.</param>
/// <param name="To">The node that waits.</param>
/// <param name="Input">Dotted path in its configuration; null for a bare edge.</param>
public sealed record Connect(string From, string? Output, string To, string? Input) : DraftEdit($"Connect {From} to {To}")
{
    /// <inheritdoc/>
    public override TextResult Apply(Draft draft)
    {
        if (draft.Source.ByName.GetValueOrDefault(From) is not { } from || draft.Source.ByName.GetValueOrDefault(To) is not { } to)
            return draft.Text.Refuse("An edge needs two nodes.", To);
        if (DraftGraph.CycleWith(draft, From, To) is { } cycle)
            return draft.Text.Refuse($"The nodes would wait for each other in a circle: {string.Join(" -> ", cycle)}.", To, FaultCodes.Cycle);
        if (Output is null || Input is null)
            return to.After.Contains(From) ? TextResults.Start(draft.Text) : EdgeText.SetAfter(draft.Text, To, [.. to.After, From]);
        if (Ports.Fit(from, Output, to, Input) is { Refusal: { } why })
            return draft.Text.Refuse(why, To, FaultCodes.MistypedBinding);
        var binding = $"${{{From}.{Output}}}";
        return draft.Text.SetConfig(To, Input, Ports.TakesItem(from, Output, to, Input) ? Appended(to, binding) : binding);
    }

    private JsonArray Appended(SourceNode to, string binding)
    {
        var list = Ports.ValueAt(to.Config, Input!) as JsonArray ?? [];
        return new JsonArray([.. list.Select(item => item?.DeepClone()).Where(item => item?.ToString() != binding), binding]);
    }
}

/// <summary>Takes an edge away: the bare one and every value that is bound outright.</summary>
public sealed record Disconnect(string From, string To) : DraftEdit($"Disconnect {From} from {To}")
{
    /// <inheritdoc/>
    public override TextResult Apply(Draft draft)
    {
        if (draft.Source.ByName.GetValueOrDefault(To) is not { } to)
            return draft.Text.Refuse($"There is no node '{To}'.", To);
        if (to.Bindings.FirstOrDefault(binding => binding.Root == From && !binding.Whole) is { } inside)
            return draft.Text.Refuse($"'{inside.Where}' of {To} has {From} in the middle of a text; change that text instead.", To);
        var result = to.After.Contains(From) ? EdgeText.SetAfter(draft.Text, To, [.. to.After.Where(name => name != From)]) : TextResults.Start(draft.Text);
        return result.Each(Fields(to).DistinctBy(field => field.Path), (text, field) => field.Value is null ? text.RemoveConfig(To, field.Path) : text.SetConfig(To, field.Path, field.Value));
    }

    /// <summary>Fields that are bound to the node: with what is left of a list, or null when nothing is.</summary>
    private IEnumerable<(string Path, JsonNode? Value)> Fields(SourceNode to)
    {
        foreach (var binding in to.Bindings.Where(binding => binding.Root == From))
        {
            var segments = binding.Where.Split('.');
            if (!int.TryParse(segments[^1], out _) || Ports.ValueAt(to.Config, string.Join('.', segments[..^1])) is not JsonArray list)
            {
                yield return (binding.Where, null);
                continue;
            }

            var left = list.Where(item => item is not JsonValue value || !value.TryGetValue<string>(out var text) || BindingText.Parse(text).Whole?.Root != From).Select(item => item?.DeepClone()).ToArray();
            yield return (string.Join('.', segments[..^1]), left.Length > 0 ? new JsonArray(left) : null);
        }
    }
}

/// <summary>How bare edges are written.</summary>
internal static class EdgeText
{
    public static TextResult SetAfter(BlueprintText text, string node, IReadOnlyList<string> after) =>
        after.Count > 0 || text.At("spec", "nodes", node, "after") is null
            ? text.SetField(node, "after", new JsonArray([.. after.Select(name => (JsonNode)name)]))
            : text.IsDerived ? text.SetField(node, "after", new JsonArray()) : text.RemoveField(node, "after");
}
