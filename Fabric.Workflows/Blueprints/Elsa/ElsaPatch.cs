using System.Text.Json.Nodes;
using Fabric.Workflows.Blueprints.Editing;

namespace Fabric.Workflows.Blueprints.Elsa;

/// <summary>
/// Applies what was changed in Elsa to the text that the workflow was exported from, as the designer would: each change touches the span
/// that it concerns. What was not changed is not touched.
/// </summary>
internal sealed class ElsaPatch(Draft draft, ElsaFindings findings)
{
    // Each change reads the text again; beyond this many characters the import would hold a processor too long.
    private const long MostWork = 30_000_000;

    private readonly List<KeyValuePair<string, (double X, double Y)>> moved = [];
    private BlueprintText text = draft.Text;
    private int changes;
    private long work;
    private bool stopped;

    public BlueprintText Apply(IReadOnlyList<ElsaNode> nodes, IReadOnlySet<string> drawn)
    {
        var names = nodes.Select(node => node.Name).ToHashSet(StringComparer.Ordinal);
        var removed = draft.Source.Nodes.Select(node => node.Name).Where(name => drawn.Contains(name) && !names.Contains(name)).ToList();
        if (removed.Count > 0)
            Do(draft.With(text), new RemoveNodes(removed), "$.root.activities", null);
        var source = draft.Source.ByName;
        foreach (var node in nodes)
        {
            if (source.ContainsKey(node.Name))
                Change(node, source[node.Name]);
            else if (!draft.Text.IsDerived || node.Before is null || node.Moved is not null || !JsonNode.DeepEquals(node.Before, node.Wanted))
                Add(node);
        }

        if (moved.Count > 0)
            Do(now => now.SetLayout(moved), "$.root.activities", null);
        return text;
    }

    /// <summary>Gives nodes the names of their activities, in everything that mentions them.</summary>
    public BlueprintText Rename(IReadOnlyList<ElsaNode> nodes)
    {
        foreach (var node in nodes.Where(node => node.Name != node.Final))
            Do(draft.With(text), new RenameNode(node.Name, node.Final), node.Activity.Path, node.Activity.Id);
        return text;
    }

    public BlueprintText Set(IReadOnlyList<string> path, JsonNode? value)
    {
        Do(now => value is not null ? now.Set(path, value) : now.At("metadata", path[^1]) is not null ? now.Remove(path) : TextResults.Start(now), "$", null);
        return text;
    }

    private void Change(ElsaNode node, SourceNode source)
    {
        var before = node.Before ?? source.Json;
        var (path, id) = (node.Activity.Path, node.Activity.Id);
        if (before["gate"].Text() != node.Wanted["gate"].Text())
        {
            findings.Fatal(ElsaFindingCodes.TypeChanged, $"{path}.type", $"The activity '{ElsaJson.Short(id)}' took the id of a node of another kind; give it an id of its own.", id);
            return;
        }

        if (!Same(before["entity"], node.Wanted["entity"]))
            Do(now => now.SetField(node.Name, "entity", node.Wanted["entity"]), path, id);
        if (!Same(before["title"], node.Wanted["title"]))
            Do(now => now.SetField(node.Name, "title", node.Wanted["title"]), path, id);
        var (then, wanted) = (ElsaNodeJson.Inputs(before), ElsaNodeJson.Inputs(node.Wanted));
        foreach (var (input, value) in wanted.Where(input => !then.ContainsKey(input.Key) || !JsonNode.DeepEquals(then[input.Key], input.Value)))
            Do(now => now.Set(ElsaNodeJson.Path(node.Name, node.IsGate, input), value), path, id);
        foreach (var input in then.Select(input => input.Key).Where(input => !wanted.ContainsKey(input)))
            Do(now => Without(now, node, input), path, id);
        if (!(before["after"]).Texts().SequenceEqual(node.Wanted["after"].Texts()))
            Do(now => EdgeText.SetAfter(now, node.Name, node.Wanted["after"].Texts()), path, id);
        if (node.Moved is { } place)
            moved.Add(KeyValuePair.Create(node.Name, place));
    }

    private void Add(ElsaNode node)
    {
        var (path, id) = (node.Activity.Path, node.Activity.Id);
        Do(now => now.AddNode(node.Name, node.Wanted), path, id);
        if (node.Activity.Place is { } place)
            moved.Add(KeyValuePair.Create(node.Name, place));
        if (node.Comment is not { } comment)
            return;
        var bare = text;
        Do(now => ElsaText.Comment(now, node.Name, comment), path, id);
        if (text == bare)
            findings.Notice(ElsaFindingCodes.NotKept, path, $"The nodes of the blueprint stand on one line, where there is no place for a comment: what '{ElsaJson.Short(id)}' was is lost, keep the file.", id);
    }

    // What the base gives is taken away by a null; what stands here is taken out.
    private TextResult Without(BlueprintText now, ElsaNode node, string input)
    {
        var path = ElsaNodeJson.Path(node.Name, node.IsGate, input);
        JsonNode? at = now.Json;
        foreach (var segment in path.SkipLast(1))
            at = (at as JsonObject)?[segment];
        var result = (at as JsonObject)?.ContainsKey(input) is true ? now.Remove(path) : TextResults.Start(now);
        return result.Then(rest =>
            rest.IsDerived && draft.With(rest).Source.ByName.TryGetValue(node.Name, out var left) && ElsaNodeJson.Inputs(left.Json).ContainsKey(input) ? rest.Set(path, null) : TextResults.Start(rest));
    }

    private void Do(Draft now, DraftEdit edit, string path, string? activity) => Do(_ => edit.Apply(now), path, activity);

    private void Do(Func<BlueprintText, TextResult> edit, string path, string? activity)
    {
        if (stopped)
            return;
        work += text.Text.Length;
        if (work > MostWork)
        {
            stopped = true;
            findings.Fatal(ElsaFindingCodes.TooLarge, "$", $"More than {changes} changes were made to a blueprint of {text.Text.Length} characters; import them in smaller parts.");
            return;
        }

        changes++;
        var result = edit(text);
        foreach (var fault in result.Faults)
            findings.Fatal(ElsaFindingCodes.EditRefused, path, $"A change cannot be made to the blueprint's text: {fault.Message}", activity);
        text = result.Text ?? text;
    }

    private static bool Same(JsonNode? one, JsonNode? other) => JsonNode.DeepEquals(one, other);
}
