using System.Text.Json.Nodes;
using Fabric.Workflows.Blueprints.Yaml;

namespace Fabric.Workflows.Blueprints;

/// <summary>
/// Changes one value in a YAML text by replacing the span it concerns. It returns null where that cannot be done; the caller
/// reads the result back and refuses anything that does not mean exactly what was asked for.
/// </summary>
internal static class YamlEditor
{
    /// <summary>Sets the value at a path, making the maps on the way.</summary>
    public static string? Set(string text, YamlMap root, IReadOnlyList<string> path, JsonNode? value)
    {
        var map = root;
        for (var i = 0; i < path.Count; i++)
        {
            if (map.Entry(path[i]) is not { } entry) return Insert(text, map, path[i], Wrapped(path, i + 1, value));
            if (i == path.Count - 1) return Replace(text, entry, value);
            if (entry.Value is YamlMap next && (next.Entries.Count > 0 || (next.Flow && map.Flow))) map = next;
            else if (entry.Value is YamlMap or YamlScalar { IsNull: true })
                return map.Flow ? Replace(text, entry, Wrapped(path, i + 1, value)) : Fill(text, entry, (JsonObject)Wrapped(path, i + 1, value)!);
            else return null;
        }

        return null;
    }

    /// <summary>Removes the entry at a path; null when there is none.</summary>
    public static string? Remove(string text, YamlMap root, IReadOnlyList<string> path)
    {
        YamlEntry? parent = null;
        var map = root;
        for (var i = 0; i < path.Count - 1; i++)
        {
            parent = map.Entry(path[i]);
            if (parent?.Value is not YamlMap next) return null;
            map = next;
        }

        if (map.Entry(path[^1]) is not { } entry) return null;
        return map.Flow ? RemoveFlow(text, map, entry) : RemoveBlock(text, map, entry, parent);
    }

    private static JsonNode? Wrapped(IReadOnlyList<string> path, int from, JsonNode? value)
    {
        var wrapped = value?.DeepClone();
        for (var i = path.Count - 1; i >= from; i--) wrapped = new JsonObject { [path[i]] = wrapped };
        return wrapped;
    }

    /// <summary>Writes another value behind a key; nothing before the key's colon moves.</summary>
    public static string Replace(string text, YamlEntry entry, JsonNode? value)
    {
        var written = YamlValues.Write(value);
        if (entry.End == entry.Key.End)
        {
            var colon = TextLines.AfterColon(text, entry);
            return text[..colon] + (text[colon - 1] == ':' ? " " : ": ") + written + text[colon..];
        }

        var end = TextLines.End(text, entry);
        if (entry.Value is YamlScalar or YamlMap { Flow: true } or YamlList { Flow: true })
            return text[..entry.Value.Start] + written + text[end..];
        // A block below its key: its lines go, the new value stands behind the key, where a comment may follow.
        var after = TextLines.AfterColon(text, entry);
        var first = TextLines.Start(text, entry.Value.Start);
        return text[..after] + " " + written + WithoutLines(text, first, end)[after..];
    }

    // What was empty gets its entries on lines of their own; a comment behind the key stays there.
    private static string Fill(string text, YamlEntry entry, JsonObject value)
    {
        var after = TextLines.AfterColon(text, entry);
        var rest = entry.End == entry.Key.End ? after : TextLines.End(text, entry);
        var end = TextLines.End(text, rest);
        var line = TextLines.Style(text) + new string(' ', entry.Key.Column + 1);
        return text[..after] + text[rest..end] + string.Concat(value.Select(pair => line + YamlValues.WriteBlock(pair.Key, pair.Value, line))) + text[end..];
    }

    private static string Insert(string text, YamlMap map, string key, JsonNode? value)
    {
        if (map.Flow)
        {
            var written = $"{YamlValues.WriteText(key)}: {YamlValues.Write(value)}";
            if (map.Entries.Count > 0) return text.Insert(TextLines.End(text, map.Entries[^1]), $", {written}");
            var tight = text[map.Start + 1] == '}';
            return text.Insert(map.Start + 1, $" {written}{(tight ? " " : "")}");
        }

        var last = TextLines.End(text, TextLines.End(text, map.Entries[^1]));
        var first = map.Entries[0].Key.Start;
        var indent = text[TextLines.Start(text, first)..first];
        if (!string.IsNullOrWhiteSpace(indent)) indent = new string(' ', indent.Length);
        var line = TextLines.Style(text) + indent;
        return text.Insert(last, line + YamlValues.WriteBlock(key, value, line));
    }

    private static string? RemoveBlock(string text, YamlMap map, YamlEntry entry, YamlEntry? parent)
    {
        var start = TextLines.Start(text, entry.Key.Start);
        if (!TextLines.IsBlank(text, start, entry.Key.Start)) return null;
        var without = WithoutLines(text, start, TextLines.End(text, entry));
        if (map.Entries.Count > 1) return without;
        // Comments that stood around the only entry keep their lines.
        return parent is null ? null : without.Insert(TextLines.AfterColon(text, parent), " {}");
    }

    private static string RemoveFlow(string text, YamlMap map, YamlEntry entry)
    {
        var end = TextLines.End(text, entry);
        var comma = end;
        while (comma < text.Length && char.IsWhiteSpace(text[comma])) comma++;
        var hasComma = comma < text.Length && text[comma] == ',';
        var line = TextLines.Start(text, entry.Key.Start);
        var rest = text[(hasComma ? comma + 1 : end)..TextLines.End(text, hasComma ? comma + 1 : end)].Trim();
        if (line > map.Start && TextLines.IsBlank(text, line, entry.Key.Start) && (rest.Length == 0 || rest[0] == '#'))
            return WithoutLines(text, line, hasComma ? comma + 1 : end);
        var index = map.Entries.ToList().IndexOf(entry);
        if (map.Entries.Count == 1 && TextLines.IsBlank(text, map.Start + 1, entry.Key.Start) && TextLines.IsBlank(text, end, map.End - 1))
            return text[..(map.Start + 1)] + text[(map.End - 1)..];
        if (index > 0 && !hasComma)
        {
            // The last of several: the comma before it goes with it.
            var before = text.LastIndexOf(',', entry.Key.Start - 1);
            return text[..before] + text[end..];
        }

        var from = hasComma ? comma + 1 : end;
        while (hasComma && from < text.Length && (text[from] is ' ' or '\t')) from++;
        return text[..entry.Key.Start] + text[from..];
    }

    // Whole lines. The text keeps or lacks its final line end as before.
    private static string WithoutLines(string text, int start, int lastCharacter)
    {
        var next = TextLines.Next(text, lastCharacter);
        if (next == text.Length && TextLines.End(text, lastCharacter) == text.Length && start > 0)
        {
            var before = start - 1;
            if (before > 0 && text[before] == '\n' && text[before - 1] == '\r') before--;
            return text[..before];
        }

        return text[..start] + text[next..];
    }
}
