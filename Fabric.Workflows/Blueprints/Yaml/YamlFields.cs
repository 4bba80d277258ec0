using System.Text.Json.Nodes;

namespace Fabric.Workflows.Blueprints.Yaml;

/// <summary>Reads the fields of a map and says what is wrong with them, so that the readers of files only name what they want.</summary>
internal sealed class YamlFields
{
    private readonly FaultList _faults;
    private readonly string? _node;
    private readonly string _what;

    public YamlFields(YamlMap map, string what, FaultList faults, string[] known, string? node = null)
    {
        Map = map;
        _faults = faults;
        _node = node;
        _what = what;
        foreach (var entry in map.Entries.Where(e => !known.Contains(e.Name)))
            faults.Add(FaultCodes.UnknownKey, entry.Key, $"{what} has no '{entry.Name}'. {Suggestion.For(entry.Name, known)}", node, entry.Name);
    }

    public YamlMap Map { get; }

    /// <summary>The map itself, or an empty one in its place with a fault when it is something else.</summary>
    public static YamlMap AsMap(YamlNode? node, string what, FaultList faults, YamlNode parent)
    {
        if (node is YamlMap map) return map;
        if (node is not null and not YamlScalar { IsNull: true }) faults.Add(FaultCodes.WrongKind, node, $"{what} must be a map, not {node.Described}.");
        return new YamlMap(parent.File, parent.Line, parent.Column, parent.Start, false, [], parent.Start);
    }

    public YamlMap Child(string name) => AsMap(Map[name], $"'{name}'", _faults, Map);

    public YamlScalar? Scalar(string name, bool required = false)
    {
        if (Map[name] is YamlScalar { IsNull: false } scalar) return scalar;
        if (Map[name] is { } other and not YamlScalar) _faults.Add(FaultCodes.WrongKind, other, $"'{name}' must be text, not {other.Described}.", _node, name);
        else if (required) _faults.Add(FaultCodes.MissingKey, Map, $"{_what} needs '{name}'.", _node, name);
        return null;
    }

    public string? Text(string name, bool required = false) => Scalar(name, required)?.Value;

    public string? Choice(string name, string[] allowed, bool required = false)
    {
        if (Scalar(name, required) is not { } scalar) return null;
        if (allowed.Contains(scalar.Value)) return scalar.Value;
        _faults.Add(FaultCodes.WrongKind, scalar, $"'{name}' cannot be '{scalar.Value}'. {Suggestion.For(scalar.Value, allowed)}", _node, name);
        return null;
    }

    public bool Flag(string name)
    {
        if (Scalar(name) is not { } scalar) return false;
        if (YamlValues.Read(scalar) is JsonValue v && v.TryGetValue<bool>(out var flag)) return flag;
        _faults.Add(FaultCodes.WrongKind, scalar, $"'{name}' must be true or false, not '{scalar.Value}'.", _node, name);
        return false;
    }

    public TimeSpan? Duration(string name, bool required = false)
    {
        if (Scalar(name, required) is not { } scalar) return null;
        if (Durations.TryParse(scalar.Value, out var duration)) return duration;
        _faults.Add(FaultCodes.BadDuration, scalar, $"'{scalar.Value}' is no duration; {Durations.Examples}.", _node, name);
        return null;
    }

    public IReadOnlyList<YamlScalar> Names(string name)
    {
        switch (Map[name])
        {
            case null or YamlScalar { IsNull: true }:
                return [];
            case YamlList list when list.Items.All(i => i is YamlScalar):
                return [.. list.Items.Cast<YamlScalar>()];
            case { } other:
                _faults.Add(FaultCodes.WrongKind, other, $"'{name}' must be a list of names like [a, b], not {other.Described}.", _node, name);
                return [];
        }
    }
}
