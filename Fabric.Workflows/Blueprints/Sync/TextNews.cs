using System.Text.Json.Nodes;

namespace Fabric.Workflows.Blueprints.Sync;

/// <summary>What is different between two texts of a blueprint, as far as the texts alone tell.</summary>
public static class TextNews
{
    private static readonly string[] Parts = ["extends", "noop", "remove", "parameters", "outputs", "policies"];

    /// <summary>Sentences: nodes added, removed, changed, and other parts that differ.</summary>
    public static IReadOnlyList<string> Between(string before, string after)
    {
        var (a, b) = (Spec(before), Spec(after));
        var (old, fresh) = (a["nodes"] as JsonObject ?? [], b["nodes"] as JsonObject ?? []);
        var notes = new List<string>();
        Add(notes, "added", fresh.Select(node => node.Key).Where(name => !old.ContainsKey(name)));
        Add(notes, "removed", old.Select(node => node.Key).Where(name => !fresh.ContainsKey(name)));
        Add(notes, "changed", fresh.Where(node => old.ContainsKey(node.Key) && !JsonNode.DeepEquals(old[node.Key], node.Value)).Select(node => node.Key));
        notes.AddRange(Parts.Where(part => !JsonNode.DeepEquals(a[part], b[part])).Select(part => $"{part} changed"));
        return notes.Count > 0 ? notes : ["only words, order or places on the canvas changed"];
    }

    private static void Add(List<string> notes, string verb, IEnumerable<string> names)
    {
        if (string.Join(", ", names) is { Length: > 0 } text)
            notes.Add($"{verb}: {text}");
    }

    private static JsonObject Spec(string text) => BlueprintText.Parse(text).Text?.Json["spec"] as JsonObject ?? [];
}
