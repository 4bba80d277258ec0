using System.Text.Json.Nodes;
using Fabric.Workflows.Blueprints.Yaml;

namespace Fabric.Workflows.Blueprints;

/// <summary>Where a node stands in the text.</summary>
/// <param name="Name">The node.</param>
/// <param name="Line">1-based.</param>
/// <param name="Column">1-based.</param>
/// <param name="Start">Offset of its name.</param>
/// <param name="End">Offset one past its last character.</param>
public sealed record NodeSpan(string Name, int Line, int Column, int Start, int End);

/// <param name="Text">Null when there is a fault.</param>
/// <param name="Faults">Why there is no text.</param>
public sealed record TextResult(BlueprintText? Text, IReadOnlyList<Fault> Faults);

/// <summary>
/// A blueprint's text, which is the truth: an edit replaces the span it concerns and leaves every other character alone.
/// Immutable; an edit gives a new one. A result that would not read back as exactly what was asked for is refused.
/// </summary>
public sealed partial class BlueprintText
{
    private readonly YamlMap _root;

    private BlueprintText(string text, string file, YamlMap root)
    {
        Text = text;
        File = file;
        _root = root;
    }

    /// <summary>What faults call the file.</summary>
    public string File { get; }

    /// <summary>Byte for byte what was given to <see cref="Parse"/>, or that after edits.</summary>
    public string Text { get; }

    /// <summary>The nodes written in this file (not those it inherits), in order.</summary>
    public IReadOnlyList<NodeSpan> Nodes => _root["spec"] is YamlMap spec && spec["nodes"] is YamlMap nodes
        ? [.. nodes.Entries.Select(e => new NodeSpan(e.Name, e.Key.Line, e.Key.Column, e.Key.Start, TextLines.End(Text, e)))]
        : [];

    /// <summary>Whether the file derives from another; edits of inherited nodes become overrides in it.</summary>
    public bool IsDerived => _root["spec"] is YamlMap spec && spec["extends"] is not null;

    /// <summary>What the text says, as JSON; a copy.</summary>
    public JsonObject Json => _root.ToJson();

    /// <summary>What the text says at a path of keys, as JSON; a copy. Null when it says nothing there, or something else than a map on the way.</summary>
    public JsonNode? At(params ReadOnlySpan<string> path)
    {
        JsonNode? at = Json;
        foreach (var key in path) at = (at as JsonObject)?[key];
        return at;
    }

    /// <summary>Reads a text that is YAML; whether it is a right blueprint is the compiler's question.</summary>
    public static TextResult Parse(string text, string file = "blueprint.yaml")
    {
        var faults = new FaultList();
        var root = YamlReader.Read(text, file, faults);
        if (root is not null and not YamlMap) faults.Add(FaultCodes.WrongKind, root, $"A blueprint is a map, not {root.Described}.");
        return root is YamlMap map && !faults.Any ? new TextResult(new BlueprintText(text, file, map), []) : new TextResult(null, faults.ToList());
    }

    /// <summary>Sets one configuration value; of an inherited node, as an override.</summary>
    /// <param name="node">The node's name.</param>
    /// <param name="path">Dotted path of the value in the node's configuration.</param>
    /// <param name="value">A map is merged into the map that stands there, entry by entry, so that comments inside survive.</param>
    public TextResult SetConfig(string node, string path, JsonNode? value) =>
        IsHere(node) || IsDerived ? Assign(["spec", "nodes", node, "config", .. path.Split('.')], value) : Refused(node, $"There is no node '{node}' to configure. {Suggestion.For(node, Nodes.Select(n => n.Name))}");

    /// <summary>Removes one configuration value that is written in this file.</summary>
    public TextResult RemoveConfig(string node, string path) => Unset(node, ["spec", "nodes", node, "config", .. path.Split('.')]);

    /// <summary>Sets another field of a node: <c>entity</c>, <c>after</c>, <c>title</c>, <c>by</c> …</summary>
    public TextResult SetField(string node, string field, JsonNode? value) =>
        IsHere(node) || IsDerived ? Assign(["spec", "nodes", node, field], value) : Refused(node, $"There is no node '{node}'. {Suggestion.For(node, Nodes.Select(n => n.Name))}");

    /// <summary>Removes another field of a node that is written in this file.</summary>
    public TextResult RemoveField(string node, string field) => Unset(node, ["spec", "nodes", node, field]);

    /// <summary>Sets anything else: <c>metadata.title</c>, <c>spec.noop</c>, <c>spec.parameters…</c>.</summary>
    public TextResult Set(IReadOnlyList<string> path, JsonNode? value) => Assign(path, value);

    /// <summary>Removes anything else that is written in this file.</summary>
    public TextResult Remove(IReadOnlyList<string> path) => Unset(null, path);

    /// <summary>Adds a node behind the last one, on a line of its own.</summary>
    public TextResult AddNode(string name, JsonObject node)
    {
        if (!Slug.IsValid(name) || Slug.IsReserved(name)) return Refused(name, $"'{name}' is no name for a node: it must be {Slug.Rule}.", FaultCodes.BadSlug);
        return IsHere(name) ? Refused(name, $"There is a node '{name}' already; choose another name.", FaultCodes.DuplicateName) : Assign(["spec", "nodes", name], node);
    }

    /// <summary>Removes a node and its place on the canvas; an inherited one is listed under <c>remove</c>.</summary>
    public TextResult RemoveNode(string name)
    {
        var result = new TextResult(this, []);
        if (IsHere(name)) result = Unset(name, ["spec", "nodes", name]);
        else if (!IsDerived) return Refused(name, $"There is no node '{name}' to remove. {Suggestion.For(name, Nodes.Select(n => n.Name))}");
        else if (_root["spec"] is YamlMap spec)
            result = Assign(["spec", "remove"], new JsonArray([.. ((spec["remove"] as YamlList)?.ToJson() as JsonArray ?? []).Select(n => n?.DeepClone()).Append(name)]));
        return result.Text is { } text && text.Has("spec", "layout", name) ? text.Unset(name, ["spec", "layout", name]) : result;
    }

    /// <summary>Sets a node's place on the canvas; touches the one line of that node in <c>layout</c>.</summary>
    public TextResult SetLayout(string node, double x, double y) => Assign(["spec", "layout", node], new JsonArray(Rounded(x), Rounded(y)));

    /// <summary>Sets the places of several nodes at once; each touches its own line.</summary>
    public TextResult SetLayout(IEnumerable<KeyValuePair<string, (double X, double Y)>> places)
    {
        var all = places.DistinctBy(place => place.Key).ToList();
        var result = new TextResult(this, []);
        if (_root["spec"] is YamlMap spec && spec["layout"] is YamlMap layout)
        {
            var wanted = _root.ToJson();
            var map = (JsonObject)wanted["spec"]!["layout"]!;
            var text = Text;
            // From the end, so that the offsets before it stay right.
            foreach (var (entry, place) in all.Select(place => (Entry: layout.Entry(place.Key)!, place.Value)).Where(place => place.Entry is not null).OrderByDescending(place => place.Entry.Key.Start))
            {
                var value = new JsonArray(Rounded(place.X), Rounded(place.Y));
                if (JsonNode.DeepEquals(map[entry.Name], value)) continue;
                text = YamlEditor.Replace(text, entry, value);
                map[entry.Name] = value;
            }

            if (text != Text) result = Checked(text, wanted);
            all.RemoveAll(place => layout.Entry(place.Key) is not null);
        }

        foreach (var (node, (x, y)) in all)
            if (result.Text is { } text) result = text.SetLayout(node, x, y);
        return result;
    }

    /// <summary>No text, and why.</summary>
    internal TextResult Refuse(string message, string? node, string code = FaultCodes.EditRefused) => Refused(node, message, code);

    private bool IsHere(string node) => Has("spec", "nodes", node);

    private bool Has(params IEnumerable<string> path)
    {
        YamlNode? at = _root;
        foreach (var segment in path) at = (at as YamlMap)?[segment];
        return at is not null;
    }

    private TextResult Assign(IReadOnlyList<string> path, JsonNode? value)
    {
        var wanted = _root.ToJson();
        var parent = wanted;
        foreach (var segment in path.SkipLast(1))
        {
            if (parent[segment] is not null and not JsonObject) return Refused(null, $"'{segment}' is no map here, so nothing can be set below it.");
            parent = parent[segment] as JsonObject ?? (JsonObject)(parent[segment] = new JsonObject());
        }

        if (parent[path[^1]] is JsonObject { Count: > 0 } map && value is JsonObject target && target.Count > 0) return Merge(path, map, target);
        if (parent.ContainsKey(path[^1]) && JsonNode.DeepEquals(parent[path[^1]], value)) return new TextResult(this, []);
        parent[path[^1]] = value?.DeepClone();
        return Checked(YamlEditor.Set(Text, _root, path, value), wanted);
    }

    private TextResult Merge(IReadOnlyList<string> path, JsonObject current, JsonObject target)
    {
        var result = new TextResult(this, []);
        foreach (var (key, value) in target)
            if (result.Text is { } text) result = text.Assign([.. path, key], value);
        foreach (var key in current.Select(p => p.Key).Where(k => !target.ContainsKey(k)).ToList())
            if (result.Text is { } text) result = text.Unset(null, [.. path, key]);
        return result;
    }

    private TextResult Unset(string? node, IReadOnlyList<string> path)
    {
        if (!Has(path)) return Refused(node, $"'{string.Join('.', path.Skip(1))}' is not written in this file, so it cannot be removed from it.");
        var wanted = _root.ToJson();
        var parent = wanted;
        foreach (var segment in path.SkipLast(1)) parent = (JsonObject)parent[segment]!;
        parent.Remove(path[^1]);
        return Checked(YamlEditor.Remove(Text, _root, path), wanted);
    }

    private TextResult Checked(string? text, JsonObject wanted)
    {
        if (text is not null && Parse(text, File) is { Text: { } edited } result && JsonNode.DeepEquals(edited._root.ToJson(), wanted)) return result;
        return Refused(null, "This part is written in a way that cannot be edited without touching other lines; change it in the text.");
    }

    private TextResult Refused(string? node, string message, string code = FaultCodes.EditRefused) =>
        new(null, [new Fault(code, File, 0, 0, message, node)]);

    // Halves of a pixel are noise in a diff.
    private static JsonValue Rounded(double value) => JsonValue.Create((long)Math.Round(value));
}
