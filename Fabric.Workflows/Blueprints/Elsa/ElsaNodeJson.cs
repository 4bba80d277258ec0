using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Fabric.Workflows.Blueprints.Elsa;

/// <summary>A node as a blueprint writes it, and which of its fields are an activity's inputs.</summary>
internal static class ElsaNodeJson
{
    /// <summary>Keys that every activity has; an input of such a name is written as <c>config.name</c>.</summary>
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "id", "nodeId", "name", "type", "version", "customProperties", "metadata", "canStartWorkflow", "runAsynchronously", "source", "result", "$type", "$id",
    };

    private const string Escape = "config.";

    /// <summary>Everything that a compiled node says, in the form of the text, its type exact.</summary>
    public static JsonObject Of(BlueprintNode node)
    {
        var json = new JsonObject();
        if (node.Type is { } type)
            json["entity"] = type.ToString();
        else
            Gate(node, json);
        if (node.After.Count > 0)
            json["after"] = new JsonArray([.. node.After.Select(name => (JsonNode)name)]);
        if (node.NoOp)
            json["noop"] = true;
        if (node.Was is { } was)
            json["was"] = was;
        if (node.Protect)
            json["protect"] = true;
        if (node.Title is { } title)
            json["title"] = title;
        if (node.Type is not null && node.Config.Count > 0)
            json["config"] = node.Config.DeepClone();
        return json;
    }

    /// <summary>The fields that are inputs: an entity's configuration, what opens a gate.</summary>
    public static JsonObject Inputs(JsonObject node)
    {
        if (node["gate"].Text() is not { } gate)
            return node["config"] as JsonObject ?? [];
        var keys = GateReader.Keys(gate) ?? [];
        return new JsonObject(node.Where(field => keys.Contains(field.Key)).Select(field => KeyValuePair.Create(field.Key, field.Value?.DeepClone())));
    }

    /// <summary>The path of an input in the blueprint's text.</summary>
    public static IReadOnlyList<string> Path(string name, bool gate, string input) => gate ? ["spec", "nodes", name, input] : ["spec", "nodes", name, "config", input];

    public static bool IsReserved(string key) => Reserved.Contains(key);

    /// <summary>The activity's key of an input.</summary>
    public static string Key(string input) => IsReserved(input) || input.StartsWith(Escape, StringComparison.Ordinal) ? Escape + input : input;

    /// <summary>The input of an activity's key.</summary>
    public static string Input(string key) => key.StartsWith(Escape, StringComparison.Ordinal) ? key[Escape.Length..] : key;

    private static void Gate(BlueprintNode node, JsonObject json)
    {
        json["gate"] = node.Kind.ToString().ToLowerInvariant();
        foreach (var (key, value) in new[]
        {
            ("by", node.Gate?.By), ("deadline", Written(node.Gate?.Deadline)), ("cron", node.Gate?.Cron),
            ("duration", Written(node.Kind == NodeKind.Window ? node.Gate?.WindowDuration : node.Gate?.Duration)),
        })
        {
            if (value is not null)
                json[key] = value;
        }

        foreach (var (key, value) in node.Config)
            json[key] = value?.DeepClone();
    }

    /// <summary>A duration as people write it.</summary>
    private static string? Written(TimeSpan? duration)
    {
        if (duration is not { } time)
            return null;
        var text = new StringBuilder();
        foreach (var (number, unit) in new[] { (time.Days, "d"), (time.Hours, "h"), (time.Minutes, "m") })
        {
            if (number > 0)
                text.Append(CultureInfo.InvariantCulture, $"{number}{unit}");
        }

        var seconds = time.Ticks % TimeSpan.TicksPerMinute / (decimal)TimeSpan.TicksPerSecond;
        return seconds > 0 ? text.Append(CultureInfo.InvariantCulture, $"{seconds:0.######}s").ToString() : text.ToString();
    }
}
