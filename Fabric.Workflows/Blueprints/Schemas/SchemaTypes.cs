using System.Text.Json;
using System.Text.Json.Nodes;

namespace Fabric.Workflows.Blueprints;

/// <summary>Questions about schemas that need no value: which types they allow and whether one fits into another.</summary>
public static class SchemaTypes
{
    /// <summary>The allowed types; empty when the schema allows any.</summary>
    public static IReadOnlyList<string> Of(JsonObject schema) => schema["type"] switch
    {
        JsonValue v when v.TryGetValue<string>(out var one) => [one],
        JsonArray many => [.. many.Select(t => t?.ToString() ?? "null")],
        _ when schema["enum"] is JsonArray choices => [.. choices.Select(Of).Distinct()],
        _ when schema.ContainsKey("properties") => ["object"],
        _ => [],
    };

    /// <summary>The JSON Schema type of a value.</summary>
    public static string Of(JsonNode? value) => value?.GetValueKind() switch
    {
        null or JsonValueKind.Null => "null",
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        _ => IsWhole(value) ? "integer" : "number",
    };

    /// <summary>Words for a fault: "text", "a whole number" …</summary>
    public static string Describe(IReadOnlyList<string> types) => types.Count == 0 ? "anything" : string.Join(" or ", types.Select(t => t switch
    {
        "string" => "text",
        "integer" => "a whole number",
        "number" => "a number",
        "boolean" => "true or false",
        "array" => "a list",
        "object" => "a map",
        "null" => "nothing",
        _ => t,
    }));

    /// <summary>Why a value of <paramref name="from"/> cannot go where <paramref name="to"/> is wanted; null when it can.</summary>
    public static string? Mismatch(JsonObject from, JsonObject to)
    {
        var given = Of(from);
        var wanted = Of(to);
        if (given.Count > 0 && wanted.Count > 0 && !given.Any(g => Accepts(wanted, g)))
            return $"is {Describe(given)}, and {Describe(wanted)} is needed";
        if (given is ["array"] && from["items"] is JsonObject giver && to["items"] is JsonObject taker && Mismatch(giver, taker) is { } inner)
            return $"is a list whose item {inner}";
        if (from["enum"] is JsonArray has && to["enum"] is JsonArray may && has.Where(h => !may.Any(m => JsonNode.DeepEquals(h, m))).ToList() is { Count: > 0 } odd)
            return $"can be {string.Join(", ", odd.Select(o => o?.ToJsonString() ?? "null"))}, which is not among {Choices(may)}";
        return null;
    }

    /// <summary>The schema at a path, null when the schema does not allow the path; an empty schema when it says nothing about it.</summary>
    public static JsonObject? At(JsonObject schema, IReadOnlyList<string> path)
    {
        foreach (var segment in path)
        {
            var types = Of(schema);
            if (types.Count > 0 && !types.Contains("object") && !types.Contains("array")) return null;
            JsonNode? next = types.Contains("array") && !types.Contains("object")
                ? int.TryParse(segment, out _) ? schema["items"] ?? new JsonObject() : null
                : (schema["properties"] as JsonObject)?[segment] ?? Additional(schema);
            if (next is not JsonObject found) return null;
            schema = found;
        }

        return schema;
    }

    internal static bool Accepts(IReadOnlyList<string> types, string type) =>
        types.Count == 0 || types.Contains(type) || (type == "integer" && types.Contains("number"));

    internal static string Choices(JsonArray choices) => string.Join(", ", choices.Select(c => c?.ToJsonString() ?? "null"));

    private static JsonObject? Additional(JsonObject schema) => schema["additionalProperties"] switch
    {
        JsonObject each => each,
        JsonValue v when v.TryGetValue<bool>(out var open) => open ? [] : null,
        _ => schema["properties"] is null ? [] : null,
    };

    private static bool IsWhole(JsonNode value) =>
        (value is JsonValue v && v.TryGetValue<long>(out _)) || (double.TryParse(value.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture, out var d) && Math.Floor(d) == d);
}
