using System.Text.Json.Nodes;

namespace Fabric.Workflows.Blueprints.Elsa;

/// <summary>A blueprint's parameters and outputs as a workflow's inputs and outputs, and back.</summary>
internal static class ElsaParameters
{
    public static JsonArray Inputs(JsonObject schema) => new([.. (schema["properties"] as JsonObject ?? []).Select(property => (JsonNode)Input(property.Key, property.Value as JsonObject ?? []))]);

    public static JsonArray Outputs(IEnumerable<string> names) => new([.. names.Select(name => (JsonNode)new JsonObject { ["type"] = "Object", ["name"] = name, ["displayName"] = name, ["category"] = "Primitives" })]);

    /// <summary>A schema of the inputs that a workflow declares; null when it declares none.</summary>
    public static JsonObject? Schema(JsonArray? inputs)
    {
        var properties = new JsonObject();
        foreach (var input in (inputs ?? []).OfType<JsonObject>())
        {
            if (input.TextAt("name") is not { Length: > 0 } name)
                continue;
            var property = input.At("isArray") is JsonValue array && array.TryGetValue<bool>(out var many) && many ? new JsonObject { ["type"] = "array" } : new JsonObject { ["type"] = Type(input.TextAt("type")) };
            if (input.TextAt("displayName") is { Length: > 0 } title && title != name)
                property["title"] = title;
            if (input.TextAt("description") is { Length: > 0 } description)
                property["description"] = description;
            properties[name] = property;
        }

        return properties.Count > 0 ? new JsonObject { ["type"] = "object", ["properties"] = properties } : null;
    }

    private static JsonObject Input(string name, JsonObject schema) => new()
    {
        ["type"] = SchemaTypes.Of(schema) switch
        {
            ["string"] => "String",
            ["integer"] => "Int64",
            ["number"] => "Double",
            ["boolean"] => "Boolean",
            _ => "Object",
        },
        ["name"] = name,
        ["displayName"] = schema["title"].Text() ?? name,
        ["description"] = schema["description"].Text() ?? "",
        ["category"] = "Primitives",
        ["uiHint"] = "single-line",
    };

    private static string Type(string? type) => type switch
    {
        "Boolean" => "boolean",
        "Byte" or "Int16" or "Int32" or "Int64" => "integer",
        "Single" or "Double" or "Decimal" => "number",
        "Object" or "ObjectDictionary" or "JsonObject" => "object",
        _ => "string",
    };
}
