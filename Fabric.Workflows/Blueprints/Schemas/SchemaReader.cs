using System.Text.Json.Nodes;
using Fabric.Workflows.Blueprints.Yaml;

namespace Fabric.Workflows.Blueprints;

/// <summary>Checks that a schema in a file is one that Fabric reads, so that a mistyped keyword cannot quietly check nothing.</summary>
internal static class SchemaReader
{
    private static readonly string[] Keywords =
    [
        "$schema", "type", "title", "description", "default", "enum", "const", "examples", "properties", "required",
        "additionalProperties", "items", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength",
        "maxLength", "pattern", "format", "minItems", "maxItems", "uniqueItems", "deprecated", "readOnly",
    ];

    private static readonly string[] Types = ["string", "integer", "number", "boolean", "array", "object", "null"];

    /// <summary>The schema as JSON; an empty map's schema when there is none or it is wrong.</summary>
    public static JsonObject Read(YamlNode? node, FaultList faults, string? field = null)
    {
        if (node is null or YamlScalar { IsNull: true }) return new JsonObject { ["type"] = "object", ["properties"] = new JsonObject() };
        if (node is not YamlMap map)
        {
            faults.Add(FaultCodes.BadSchema, node, $"A JSON Schema is a map with 'type' and 'properties', not {node.Described}.", field: field);
            return [];
        }

        Check(map, faults, field ?? "");
        var schema = map.ToJson();
        if (!schema.ContainsKey("type")) schema["type"] = "object";
        // A file that lists no properties means none, not any.
        if (!schema.ContainsKey("properties") && !schema.ContainsKey("additionalProperties")) schema["properties"] = new JsonObject();
        if (SchemaTypes.Of(schema) is not ["object"]) faults.Add(FaultCodes.BadSchema, map["type"] ?? map, "The outermost schema must be of type object.", field: field);
        return schema;
    }

    private static void Check(YamlMap schema, FaultList faults, string path)
    {
        foreach (var entry in schema.Entries)
        {
            if (!entry.Name.StartsWith("x-", StringComparison.Ordinal) && !Keywords.Contains(entry.Name))
                faults.Add(FaultCodes.BadSchema, entry.Key, $"'{entry.Name}' is no schema keyword that Fabric reads. {Suggestion.For(entry.Name, Keywords)}", field: path);
        }

        foreach (var type in schema["type"] is YamlList many ? many.Items : schema["type"] is { } one ? [one] : [])
        {
            if (type is not YamlScalar s || !Types.Contains(s.Value))
                faults.Add(FaultCodes.BadSchema, type, $"This is no JSON type. {Suggestion.For(type is YamlScalar t ? t.Value : "", Types)}", field: path);
        }

        if (schema["pattern"] is YamlScalar pattern && SchemaText.Pattern(pattern.Value) is null)
            faults.Add(FaultCodes.BadSchema, pattern, "This is no regular expression without look-around and back-references, which is what a pattern must be.", field: path);
        if (schema["format"] is YamlScalar format && !SchemaText.Formats.Contains(format.Value))
            faults.Add(FaultCodes.BadSchema, format, $"'{format.Value}' is no known format. {Suggestion.For(format.Value, SchemaText.Formats)}", field: path);
        CheckParts(schema, faults, path);
        CheckDefault(schema, faults, path);
    }

    private static void CheckParts(YamlMap schema, FaultList faults, string path)
    {
        if (schema["properties"] is YamlMap properties)
        {
            foreach (var entry in properties.Entries) Part(entry.Value, faults, Bindings.Join(path, entry.Name));
            foreach (var required in (schema["required"] as YamlList)?.Items ?? [])
            {
                if (required is not YamlScalar name || properties[name.Value] is null)
                    faults.Add(FaultCodes.BadSchema, required, $"'required' names a property that is not there. {Suggestion.For(required is YamlScalar s ? s.Value : "", properties.Entries.Select(e => e.Name))}", field: path);
            }
        }
        else if (schema["properties"] is { } wrong)
        {
            faults.Add(FaultCodes.BadSchema, wrong, $"'properties' must be a map from name to schema, not {wrong.Described}.", field: path);
        }

        if (schema["required"] is { } list and not YamlList) faults.Add(FaultCodes.BadSchema, list, $"'required' must be a list of names, not {list.Described}.", field: path);
        if (schema["items"] is { } items) Part(items, faults, Bindings.Join(path, "items"));
        if (schema["additionalProperties"] is YamlMap additional) Part(additional, faults, Bindings.Join(path, "additionalProperties"));
    }

    private static void Part(YamlNode node, FaultList faults, string path)
    {
        if (node is YamlMap map) Check(map, faults, path);
        else faults.Add(FaultCodes.BadSchema, node, $"A schema must stand here, for example {{ type: string }}, not {node.Described}.", field: path);
    }

    private static void CheckDefault(YamlMap schema, FaultList faults, string path)
    {
        if (schema["default"] is not { } given) return;
        foreach (var issue in SchemaCheck.Validate(given.ToJson(), schema.ToJson()))
            faults.Add(FaultCodes.BadSchema, given, $"The default does not fit its own schema: {(issue.Path.Length == 0 ? "it" : issue.Path)} {issue.Message}", field: path);
    }
}
