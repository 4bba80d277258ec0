using System.Text.Json.Nodes;

namespace Fabric.Workflows.Blueprints.Editing;

/// <summary>Puts a node on the canvas.</summary>
/// <param name="Name">Its name, a free one: <see cref="NodeNames"/>.</param>
/// <param name="Node">Its fields, <c>entity</c> or <c>gate</c> among them.</param>
/// <param name="X">Place on the canvas, in its own units.</param>
/// <param name="Y">Place on the canvas, in its own units.</param>
public sealed record AddNode(string Name, JsonObject Node, double X, double Y) : DraftEdit($"Add {Name}")
{
    /// <inheritdoc/>
    public override TextResult Apply(Draft draft) => draft.Source.ByName.ContainsKey(Name)
        ? draft.Text.Refuse($"There is a node '{Name}' already; choose another name.", Name)
        : draft.Text.AddNode(Name, Node).Then(text => text.SetLayout(Name, X, Y));
}

/// <summary>
/// Takes nodes off the canvas. What waited for one of them waits for what that one waited for; bindings to it stay and are listed as
/// problems, for only a person knows where the value shall come from now.
/// </summary>
public sealed record RemoveNodes(IReadOnlyList<string> Names) : DraftEdit(Names.Count == 1 ? $"Remove {Names[0]}" : $"Remove {Names.Count} nodes")
{
    /// <inheritdoc/>
    public override TextResult Apply(Draft draft)
    {
        var gone = Names.ToHashSet(StringComparer.Ordinal);
        return TextResults.Start(draft.Text)
            .Each(Names, (text, name) => text.RemoveNode(name))
            .Each(draft.Source.Nodes.Where(node => node.Own && !gone.Contains(node.Name) && node.After.Any(gone.Contains)), (text, node) =>
                EdgeText.SetAfter(text, node.Name, Bridged(node, gone, draft.Source)))
            .Then(text => Without(text, gone));
    }

    private static List<string> Bridged(SourceNode node, HashSet<string> gone, DraftSource source)
    {
        var after = new List<string>();
        var open = new Stack<string>(node.After.Reverse());
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (open.TryPop(out var name))
        {
            if (!seen.Add(name))
                continue;
            if (!gone.Contains(name))
                after.Add(name);
            else if (source.ByName.TryGetValue(name, out var removed))
                removed.After.Reverse().ToList().ForEach(open.Push);
        }

        return after;
    }

    private static TextResult Without(BlueprintText text, HashSet<string> gone)
    {
        if (text.At("spec", "noop") is not JsonArray noop || !noop.Any(name => gone.Contains(name?.ToString() ?? "")))
            return TextResults.Start(text);
        var left = noop.Where(name => !gone.Contains(name?.ToString() ?? "")).Select(name => name?.DeepClone()).ToArray();
        return left.Length > 0 ? text.Set(["spec", "noop"], new JsonArray(left)) : text.Remove(["spec", "noop"]);
    }
}

/// <summary>Moves nodes on the canvas.</summary>
/// <param name="Places">Node to place.</param>
public sealed record MoveNodes(IReadOnlyDictionary<string, (double X, double Y)> Places) : DraftEdit(Places.Count == 1 ? $"Move {Places.Keys.First()}" : $"Move {Places.Count} nodes")
{
    /// <inheritdoc/>
    public override TextResult Apply(Draft draft) =>
        draft.Text.SetLayout(Places.Where(place => draft.Source.ByName.ContainsKey(place.Key)).OrderBy(place => place.Key, StringComparer.Ordinal));
}

/// <summary>Gives a node another name, everywhere it is mentioned.</summary>
public sealed record RenameNode(string Name, string NewName) : DraftEdit($"Rename {Name} to {NewName}")
{
    /// <inheritdoc/>
    public override TextResult Apply(Draft draft) =>
        draft.Source.ByName.TryGetValue(Name, out var node) && !node.Own ? draft.Text.Refuse($"'{Name}' is inherited; it keeps the name that its base gave it.", Name)
        : draft.Source.ByName.ContainsKey(NewName) ? draft.Text.Refuse($"There is a node '{NewName}' already; choose another name.", Name)
        : draft.Text.RenameNode(Name, NewName);
}

/// <summary>Names for new nodes.</summary>
public static class NodeNames
{
    /// <summary>The name, or the name with the first number that makes it free.</summary>
    public static string Free(Draft draft, string wanted) => Free(wanted, draft.Source.ByName.ContainsKey);

    internal static string Free(string wanted, Func<string, bool> taken)
    {
        if (!taken(wanted) && !Slug.IsReserved(wanted))
            return wanted;
        var number = 2;
        while (taken($"{wanted}-{number}"))
            number++;
        return $"{wanted}-{number}";
    }
}
