using System.Text.Json.Nodes;

namespace Fabric.Workflows.Blueprints.Yaml;

/// <summary>A part of a YAML text that remembers where it stands. Line and column are 1-based; start and end are offsets into the text.</summary>
internal abstract record YamlNode(string File, int Line, int Column, int Start)
{
    /// <summary>One past the last character of this node's own text; comments and blank lines after it are not part of it.</summary>
    public abstract int End { get; }

    /// <summary>"a map", "a list", "text": how a fault names what it found.</summary>
    public abstract string Described { get; }

    public abstract JsonNode? ToJson();
}

/// <param name="Plain">Unquoted, so that <c>3</c> is a number and <c>true</c> a boolean.</param>
internal sealed record YamlScalar(string File, int Line, int Column, int Start, int Stop, string Value, bool Plain)
    : YamlNode(File, Line, Column, Start)
{
    public override int End => Stop;

    public override string Described => YamlValues.Read(this) switch
    {
        null => "nothing",
        JsonValue v when v.GetValueKind() is System.Text.Json.JsonValueKind.Number => $"the number {Value}",
        JsonValue v when v.GetValueKind() is not System.Text.Json.JsonValueKind.String => $"the boolean {Value}",
        _ => "text",
    };

    public bool IsNull => Plain && YamlValues.Read(this) is null;

    public override JsonNode? ToJson() => YamlValues.Read(this);
}

internal sealed record YamlList(string File, int Line, int Column, int Start, bool Flow, IReadOnlyList<YamlNode> Items, int Stop)
    : YamlNode(File, Line, Column, Start)
{
    public override int End => Flow || Items.Count == 0 ? Stop : Items[^1].End;

    public override string Described => "a list";

    public override JsonNode ToJson()
    {
        var array = new JsonArray();
        foreach (var item in Items) array.Add(item.ToJson());
        return array;
    }
}

internal sealed record YamlEntry(YamlScalar Key, YamlNode Value)
{
    public string Name => Key.Value;

    // An empty value stands on its key: the parser reports it wherever the next token happens to be.
    public int End => Value is YamlScalar { Value: "", Plain: true } ? Key.End : Value.End;
}

internal sealed record YamlMap(string File, int Line, int Column, int Start, bool Flow, IReadOnlyList<YamlEntry> Entries, int Stop)
    : YamlNode(File, Line, Column, Start)
{
    private Dictionary<string, YamlEntry>? _index;

    public override int End => Flow || Entries.Count == 0 ? Stop : Entries[^1].End;

    public override string Described => "a map";

    public YamlEntry? Entry(string name)
    {
        if (Entries.Count > 8 && _index is null)
        {
            var index = new Dictionary<string, YamlEntry>(StringComparer.Ordinal);
            foreach (var entry in Entries) index.TryAdd(entry.Name, entry);
            _index = index;
        }

        if (_index is not null) return _index.GetValueOrDefault(name);
        for (var i = 0; i < Entries.Count; i++)
            if (Entries[i].Name == name) return Entries[i];
        return null;
    }

    /// <summary>The same place with other entries (a copy by <c>with</c> would keep the index of the old ones).</summary>
    public YamlMap With(IReadOnlyList<YamlEntry> entries) => new(File, Line, Column, Start, Flow, entries, Stop);

    public YamlNode? this[string name] => Entry(name)?.Value;

    public override JsonObject ToJson()
    {
        var result = new JsonObject();
        foreach (var entry in Entries) result[entry.Name] = entry.Value.ToJson();
        return result;
    }
}
