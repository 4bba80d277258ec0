using System.Globalization;
using System.Text.Json.Nodes;

namespace Fabric.Workflows.Blueprints;

/// <summary>One walk over one value.</summary>
internal sealed class SchemaWalk(Func<string, string, JsonObject, SchemaIssue?>? bindings)
{
    public List<SchemaIssue> Issues { get; } = [];

    public void Check(JsonNode? value, JsonObject schema, string path)
    {
        if (bindings is not null && IsTemplate(value, schema, path)) return;
        var types = SchemaTypes.Of(schema);
        var type = SchemaTypes.Of(value);
        if (!SchemaTypes.Accepts(types, type))
        {
            Add(path, SchemaProblem.WrongType, $"must be {SchemaTypes.Describe(types)}, not {Shown(value)}");
            return;
        }

        if (schema["enum"] is JsonArray choices && !choices.Any(c => JsonNode.DeepEquals(c, value)))
            Add(path, SchemaProblem.NotAllowed, $"must be one of {SchemaTypes.Choices(choices)}, not {Shown(value)}");
        if (schema.ContainsKey("const") && !JsonNode.DeepEquals(schema["const"], value))
            Add(path, SchemaProblem.NotAllowed, $"must be {Shown(schema["const"])}, not {Shown(value)}");
        switch (value)
        {
            case JsonObject map:
                CheckMap(map, schema, path);
                break;
            case JsonArray list:
                CheckList(list, schema, path);
                break;
            case JsonValue text when type == "string":
                foreach (var message in SchemaText.Check(text.GetValue<string>(), schema)) Add(path, SchemaProblem.NotAllowed, message);
                break;
            case JsonValue number when type is "integer" or "number":
                CheckNumber(Number(number), schema, path);
                break;
        }
    }

    private bool IsTemplate(JsonNode? value, JsonObject schema, string path)
    {
        if (value is JsonObject map && (map.ContainsKey("$if") || map.ContainsKey("$each") || map.ContainsKey("$value"))) return true;
        if (value is not JsonValue v || !v.TryGetValue<string>(out var text) || !text.Contains("${", StringComparison.Ordinal)) return false;
        if (bindings!(path, text, schema) is { } issue) Issues.Add(issue);
        return true;
    }

    private void CheckMap(JsonObject map, JsonObject schema, string path)
    {
        var properties = schema["properties"] as JsonObject;
        foreach (var required in schema["required"] as JsonArray ?? [])
        {
            var name = required!.ToString();
            if (!map.ContainsKey(name)) Add(Bindings.Join(path, name), SchemaProblem.Missing, $"is required: {About(properties?[name] as JsonObject)}");
        }

        foreach (var (name, value) in map)
        {
            var at = Bindings.Join(path, name);
            if (properties?[name] is JsonObject property) Check(value, property, at);
            else if (schema["additionalProperties"] is JsonObject each) Check(value, each, at);
            else if (!IsOpen(schema, properties)) Add(at, SchemaProblem.Unknown, $"is not known here. {Suggestion.For(name, properties?.Select(p => p.Key) ?? [])}");
        }
    }

    private static bool IsOpen(JsonObject schema, JsonObject? properties) =>
        schema["additionalProperties"] is JsonValue v && v.TryGetValue<bool>(out var open) ? open : properties is null;

    private void CheckList(JsonArray list, JsonObject schema, string path)
    {
        if (Limit(schema, "minItems") is { } min && list.Count < min) Add(path, SchemaProblem.NotAllowed, $"needs at least {Text(min)} items, not {list.Count}");
        if (Limit(schema, "maxItems") is { } max && list.Count > max) Add(path, SchemaProblem.NotAllowed, $"may have at most {Text(max)} items, not {list.Count}");
        if (schema["uniqueItems"] is JsonValue u && u.TryGetValue<bool>(out var unique) && unique
            && list.Select(ContentHash.Of).Distinct().Count() < list.Count) Add(path, SchemaProblem.NotAllowed, "must not hold the same item twice");
        if (schema["items"] is not JsonObject items) return;
        for (var i = 0; i < list.Count; i++) Check(list[i], items, Bindings.Join(path, i.ToString(CultureInfo.InvariantCulture)));
    }

    private void CheckNumber(double number, JsonObject schema, string path)
    {
        var min = Limit(schema, "minimum");
        var max = Limit(schema, "maximum");
        if (number < min || number > max)
        {
            var range = (min, max) switch
            {
                ({ } a, { } b) => $"must be between {Text(a)} and {Text(b)}",
                ({ } a, null) => $"must be at least {Text(a)}",
                _ => $"must be at most {Text(max!.Value)}",
            };
            Add(path, SchemaProblem.NotAllowed, $"{range}, not {Text(number)}");
        }

        if (Limit(schema, "exclusiveMinimum") is { } above && number <= above) Add(path, SchemaProblem.NotAllowed, $"must be above {Text(above)}, not {Text(number)}");
        if (Limit(schema, "exclusiveMaximum") is { } below && number >= below) Add(path, SchemaProblem.NotAllowed, $"must be below {Text(below)}, not {Text(number)}");
        if (Limit(schema, "multipleOf") is { } step && Math.Abs(Math.IEEERemainder(number, step)) > 1e-9)
            Add(path, SchemaProblem.NotAllowed, $"must be a multiple of {Text(step)}, not {Text(number)}");
    }

    private void Add(string path, SchemaProblem problem, string message) => Issues.Add(new SchemaIssue(path, problem, message + (message[^1] is '.' or '?' ? "" : ".")));

    internal static double? Limit(JsonObject schema, string keyword) => schema[keyword] is JsonValue v ? Number(v) : null;

    private static double Number(JsonValue value) =>
        value.TryGetValue<double>(out var direct) ? direct : double.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);

    internal static string Shown(JsonNode? value)
    {
        var text = value is JsonValue v && v.TryGetValue<string>(out var s) ? $"'{s}'" : value?.ToJsonString() ?? "nothing";
        return text.Length <= 60 ? text : text[..60] + "…";
    }

    private static string About(JsonObject? schema)
    {
        var text = (schema?["title"] ?? schema?["description"])?.ToString();
        var type = schema is null ? "a value" : SchemaTypes.Describe(SchemaTypes.Of(schema));
        return text is null ? $"give it {type}" : $"give it {type} ({text.TrimEnd('.')})";
    }
}
