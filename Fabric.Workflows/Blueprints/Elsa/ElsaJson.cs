using System.Text.Json;
using System.Text.Json.Nodes;

namespace Fabric.Workflows.Blueprints.Elsa;

/// <summary>Reads the JSON that different releases of Elsa write: keys in camelCase or PascalCase, lists bare or under <c>$values</c>.</summary>
internal static class ElsaJson
{
    private const int LongestQuoted = 60;

    /// <summary>The value of a key in either spelling; null when there is none.</summary>
    public static JsonNode? At(this JsonObject map, string name) =>
        map.TryGetPropertyValue(name, out var value) || map.TryGetPropertyValue(Capital(name), out value) ? value : null;

    public static JsonObject? MapAt(this JsonObject map, string name) => map.At(name) as JsonObject;

    /// <summary>The text of a key; null when it is missing or something else.</summary>
    public static string? TextAt(this JsonObject map, string name) => map.At(name).Text();

    public static string? Text(this JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    public static double? NumberAt(this JsonObject map, string name) =>
        map.At(name) is JsonValue value && value.GetValueKind() == JsonValueKind.Number && value.TryGetValue<double>(out var number) && double.IsFinite(number) ? number : null;

    /// <summary>A list, bare or under <c>$values</c> or <c>_items</c>; null for anything else.</summary>
    public static JsonArray? List(this JsonNode? node) => node as JsonArray ?? (node as JsonObject)?["$values"] as JsonArray ?? (node as JsonObject)?["_items"] as JsonArray;

    /// <summary>Texts of a list; what is no text is left out.</summary>
    public static IReadOnlyList<string> Texts(this JsonNode? node) => [.. (node.List() ?? []).Select(Text).OfType<string>()];

    public static string Capital(string name) => name.Length == 0 ? name : char.ToUpperInvariant(name[0]) + name[1..];

    /// <summary>A name as a sentence quotes it.</summary>
    public static string Short(string text) => text.Length <= LongestQuoted ? text : text[..LongestQuoted] + "…";
}
