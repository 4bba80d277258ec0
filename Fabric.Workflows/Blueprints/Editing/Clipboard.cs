using System.Text;
using System.Text.Json.Nodes;
using Fabric.Workflows.Blueprints.Yaml;

namespace Fabric.Workflows.Blueprints.Editing;

/// <summary>Nodes on the clipboard, as YAML that a person can also paste into a file.</summary>
public static class Clipboard
{
    /// <summary>The nodes with their places and the bindings among them.</summary>
    public static string Copy(Draft draft, IReadOnlyCollection<string> names)
    {
        var text = new StringBuilder("nodes:\n");
        var nodes = draft.Source.Nodes.Where(node => names.Contains(node.Name)).ToList();
        foreach (var node in nodes)
            text.Append("  ").Append(YamlValues.WriteText(node.Name)).Append(": ").Append(YamlValues.Write(node.Json)).Append('\n');
        var placed = nodes.Where(node => draft.Source.Layout[node.Name] is JsonArray).ToList();
        if (placed.Count > 0)
            text.Append("layout:\n");
        foreach (var node in placed)
            text.Append("  ").Append(YamlValues.WriteText(node.Name)).Append(": ").Append(YamlValues.Write(draft.Source.Layout[node.Name])).Append('\n');
        return text.ToString();
    }
}

/// <summary>Puts copied nodes on the canvas. Names that are taken get a number; bindings among the copied nodes follow.</summary>
/// <param name="Yaml">What <see cref="Clipboard.Copy"/> gave, or a person wrote.</param>
/// <param name="X">How far from where they were copied they are put.</param>
/// <param name="Y">How far from where they were copied they are put.</param>
public sealed record Paste(string Yaml, double X, double Y) : DraftEdit("Paste")
{
    /// <inheritdoc/>
    public override TextResult Apply(Draft draft)
    {
        var parsed = BlueprintText.Parse(Yaml, "clipboard");
        if (parsed.Text is not { } clip)
            return parsed;
        if (clip.Json["nodes"] is not JsonObject nodes || nodes.Count == 0 || nodes.Any(node => node.Value is not JsonObject))
            return draft.Text.Refuse("There are no nodes on the clipboard: it must be YAML with a map 'nodes'.", null);
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, _) in nodes)
            names[name] = NodeNames.Free(name, taken => draft.Source.ByName.ContainsKey(taken) || names.ContainsValue(taken));
        var layout = clip.Json["layout"] as JsonObject ?? [];
        return TextResults.Start(draft.Text).Each(nodes, (text, node) =>
            text.AddNode(names[node.Key], Renamed(node.Value!.AsObject(), names)).Then(added => Place(added, names[node.Key], layout[node.Key] as JsonArray)));
    }

    private TextResult Place(BlueprintText text, string name, JsonArray? place) =>
        place is { Count: 2 } && place[0] is JsonValue x && place[1] is JsonValue y && x.TryGetValue<double>(out var left) && y.TryGetValue<double>(out var top)
            ? text.SetLayout(name, left + X, top + Y)
            : TextResults.Start(text);

    private static JsonObject Renamed(JsonObject node, Dictionary<string, string> names)
    {
        var copy = (JsonObject)node.DeepClone();
        copy.Remove("was");
        foreach (var field in (string[])["after", "node"])
        {
            if (copy[field] is JsonArray list)
                copy[field] = new JsonArray([.. list.Select(name => (JsonNode)names.GetValueOrDefault(name?.ToString() ?? "", name?.ToString() ?? ""))]);
            else if (copy[field] is JsonValue name && names.TryGetValue(name.ToString(), out var renamed))
                copy[field] = renamed;
        }

        if (copy["config"] is JsonObject config)
            copy["config"] = Bound(config, names);
        return copy;
    }

    private static JsonNode? Bound(JsonNode? value, Dictionary<string, string> names) => value switch
    {
        JsonObject map => new JsonObject(map.Select(pair => KeyValuePair.Create(pair.Key, Bound(pair.Value, names)))),
        JsonArray list => new JsonArray([.. list.Select(item => Bound(item, names))]),
        JsonValue scalar when scalar.TryGetValue<string>(out var text) => BindingText.Rename(text, names),
        _ => value?.DeepClone(),
    };
}
