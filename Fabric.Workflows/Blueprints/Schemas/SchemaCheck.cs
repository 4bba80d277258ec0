using System.Text.Json.Nodes;

namespace Fabric.Workflows.Blueprints;

/// <summary>
/// Checks values against the part of JSON Schema that forms can be drawn from. It is Fabric's own so that it can say what
/// would be right, check values that hold bindings, and cost next to nothing per node.
/// </summary>
/// <remarks>A property the schema does not name is a mistake unless <c>additionalProperties</c> allows it: a typing error in a
/// setting must not pass silently.</remarks>
public static class SchemaCheck
{
    /// <summary>Everything wrong with <paramref name="value"/>; empty when it is valid.</summary>
    /// <param name="value">The value; it is not changed.</param>
    /// <param name="schema">A JSON Schema as <see cref="SchemaReader"/> accepts it.</param>
    /// <param name="bindings">Holds templates: called for each string with <c>${...}</c> with its path, text and schema; null checks such strings as text.</param>
    public static IReadOnlyList<SchemaIssue> Validate(
        JsonNode? value, JsonObject schema, Func<string, string, JsonObject, SchemaIssue?>? bindings = null)
    {
        var walk = new SchemaWalk(bindings);
        walk.Check(value, schema, "");
        return walk.Issues;
    }

    /// <summary>A copy of <paramref name="value"/> with the schema's defaults where it says nothing, in nested maps too.</summary>
    public static JsonObject WithDefaults(JsonObject value, JsonObject schema)
    {
        var result = (JsonObject)value.DeepClone();
        Fill(result, schema);
        return result;
    }

    /// <summary>Sets the schema's defaults where <paramref name="value"/> says nothing, in nested maps too.</summary>
    public static void Fill(JsonObject value, JsonObject schema)
    {
        foreach (var (name, property) in schema["properties"] as JsonObject ?? [])
        {
            if (property is not JsonObject inner) continue;
            if (!value.ContainsKey(name))
            {
                if (inner.ContainsKey("default")) value[name] = inner["default"]?.DeepClone();
                else if (HasDefaults(inner)) value[name] = new JsonObject();
            }

            if (value[name] is JsonObject map) Fill(map, inner);
        }
    }

    // A nested map comes into being only when every value it must have has a default.
    private static bool HasDefaults(JsonObject schema) =>
        schema["properties"] is JsonObject properties
        && properties.Any(p => p.Value is JsonObject inner && (inner.ContainsKey("default") || HasDefaults(inner)))
        && (schema["required"] as JsonArray ?? []).All(r => properties[r!.ToString()] is JsonObject inner && (inner.ContainsKey("default") || HasDefaults(inner)));
}
