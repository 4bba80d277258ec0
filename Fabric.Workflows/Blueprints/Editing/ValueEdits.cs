using System.Text.Json.Nodes;

namespace Fabric.Workflows.Blueprints.Editing;

/// <summary>Sets one value of a node's configuration, a binding among them.</summary>
/// <param name="Node">The node.</param>
/// <param name="Path">Dotted path in its configuration.</param>
/// <param name="Value">The value; a text may hold <c>${…}</c>.</param>
public sealed record SetValue(string Node, string Path, JsonNode? Value) : DraftEdit($"Set {Path} of {Node}")
{
    /// <inheritdoc/>
    public override string MergeKey => $"value/{Node}/{Path}";

    /// <inheritdoc/>
    public override TextResult Apply(Draft draft) => draft.Text.SetConfig(Node, Path, Value);
}

/// <summary>Takes a value out of a node's configuration, so that the default holds; of an inherited node, so that the base's holds.</summary>
public sealed record ClearValue(string Node, string Path) : DraftEdit($"Clear {Path} of {Node}")
{
    /// <inheritdoc/>
    public override TextResult Apply(Draft draft) => draft.Text.RemoveConfig(Node, Path).Then(text => WithoutEmpty(text, draft));

    /// <summary>Maps that held nothing else go too, and in a derived file the override itself.</summary>
    private TextResult WithoutEmpty(BlueprintText text, Draft draft)
    {
        var result = TextResults.Start(text);
        string[] place = ["spec", "nodes", Node, "config", .. Path.Split('.')[..^1]];
        for (var length = place.Length; length >= 4 && IsEmpty(result.Text, place[..length]); length--)
            result = result.Then(left => left.Remove(place[..length]));
        if (!text.IsDerived || !IsEmpty(result.Text, place[..3]) || result.Then(left => left.Remove(place[..3])) is not { Text: { } without } || !draft.With(without).Source.ByName.ContainsKey(Node))
            return result;
        return IsEmpty(without, place[..2]) ? without.Remove(place[..2]) : TextResults.Start(without);
    }

    private static bool IsEmpty(BlueprintText? text, IEnumerable<string> path) =>
        path.Aggregate((JsonNode?)text?.Json, (at, name) => (at as JsonObject)?[name]) is JsonObject { Count: 0 };
}

/// <summary>Sets another field of a node: <c>entity</c>, <c>title</c>, <c>by</c>, <c>duration</c> …; null removes it.</summary>
public sealed record SetField(string Node, string Field, JsonNode? Value) : DraftEdit($"Set {Field} of {Node}")
{
    /// <inheritdoc/>
    public override string MergeKey => $"field/{Node}/{Field}";

    /// <inheritdoc/>
    public override TextResult Apply(Draft draft) => Value is null ? draft.Text.RemoveField(Node, Field) : draft.Text.SetField(Node, Field, Value);
}

/// <summary>Sets what belongs to the whole blueprint: title, description, a parameter, an output; null removes it.</summary>
/// <param name="Path">From the top: <c>metadata</c>, <c>title</c>.</param>
/// <param name="Value">The value.</param>
public sealed record SetBlueprint(IReadOnlyList<string> Path, JsonNode? Value) : DraftEdit($"Set {string.Join('.', Path.Skip(1))}")
{
    /// <inheritdoc/>
    public override string MergeKey => $"blueprint/{string.Join('.', Path)}";

    /// <inheritdoc/>
    public override TextResult Apply(Draft draft) => Value is null ? draft.Text.Remove(Path) : draft.Text.Set(Path, Value);
}

/// <summary>Adds a parameter, and the map of them where there is none yet.</summary>
/// <param name="Name">The parameter.</param>
/// <param name="Type">Its JSON type.</param>
public sealed record AddParameter(string Name, string Type) : DraftEdit($"Add parameter {Name}")
{
    /// <inheritdoc/>
    public override TextResult Apply(Draft draft)
    {
        var schema = new JsonObject { ["type"] = Type };
        return draft.Text.Json["spec"]?["parameters"] is not JsonObject parameters ? draft.Text.Set(["spec", "parameters"], new JsonObject { ["type"] = "object", ["properties"] = new JsonObject { [Name] = schema } })
            : parameters["properties"] is not JsonObject ? draft.Text.Set(["spec", "parameters", "properties"], new JsonObject { [Name] = schema })
            : draft.Text.Set(["spec", "parameters", "properties", Name], schema);
    }
}

/// <summary>Flags a node as not executed, or takes the flag away.</summary>
public sealed record SetNoOp(string Node, bool On) : DraftEdit(On ? $"Flag {Node} no-op" : $"Execute {Node} again")
{
    /// <inheritdoc/>
    public override TextResult Apply(Draft draft)
    {
        if (!draft.Source.ByName.TryGetValue(Node, out var node))
            return draft.Text.Refuse($"There is no node '{Node}'.", Node);
        if (node.IsGate)
            return draft.Text.Refuse($"'{Node}' is a gate; only entities can be adopted.", Node);
        var listed = draft.Text.At("spec", "noop") as JsonArray ?? [];
        var names = listed.Select(name => name?.ToString() ?? "").ToList();
        var flagged = node.Json["noop"]?.ToString() == "true";
        if (On)
            return flagged || draft.Source.NoOp.Contains(Node) ? TextResults.Start(draft.Text) : Flag(draft, names);
        var result = TextResults.Start(draft.Text);
        if (names.Remove(Node))
            result = names.Count > 0 ? draft.Text.Set(["spec", "noop"], Names(names)) : draft.Text.Remove(["spec", "noop"]);
        else if (draft.Source.NoOp.Contains(Node))
            return draft.Text.Refuse($"'{Node}' is no-op in the blueprint this one extends; take the flag away there.", Node);
        return flagged ? result.Then(text => node.Own && text.At("spec", "nodes", Node, "noop") is not null ? text.RemoveField(Node, "noop") : text.SetField(Node, "noop", false)) : result;
    }

    private TextResult Flag(Draft draft, List<string> names) => draft.Text.IsDerived || names.Count > 0
        ? draft.Text.Set(["spec", "noop"], Names([.. names, Node]))
        : draft.Text.SetField(Node, "noop", true);

    private static JsonArray Names(IEnumerable<string> names) => new([.. names.Select(name => (JsonNode)name)]);
}

/// <summary>Replaces the whole text, as the editor beside the canvas does.</summary>
public sealed record ReplaceText(string Text) : DraftEdit("Edit the text")
{
    /// <inheritdoc/>
    public override string MergeKey => "text";

    /// <inheritdoc/>
    public override TextResult Apply(Draft draft) => BlueprintText.Parse(Text, draft.Text.File);
}
