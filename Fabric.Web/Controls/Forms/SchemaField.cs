using System.Text.Json.Nodes;

namespace Fabric.Web.Controls.Forms;

/// <summary>What a field is edited with.</summary>
public enum FieldKind
{
    Text,
    Secret,
    Number,
    Integer,
    Boolean,
    Choice,
    Lines,
    Group,
    Json,
}

/// <summary>One property of a schema as a field of a form.</summary>
/// <param name="Name">Property name.</param>
/// <param name="Path">Dotted path from the root of the values.</param>
/// <param name="Kind">What it is edited with.</param>
/// <param name="Required">Must be given.</param>
/// <param name="Schema">Its own schema.</param>
public sealed record SchemaField(string Name, string Path, FieldKind Kind, bool Required, JsonObject Schema)
{
    /// <summary>What stands above it.</summary>
    public string Label => Text("title") ?? Spoken(Name);

    /// <summary>What stands below it; empty for nothing.</summary>
    public string Help => Text("description") ?? "";

    /// <summary>The value in force when none is given.</summary>
    public JsonNode? Default => Schema["default"];

    /// <summary>Its value must be kept nowhere but where it is meant for.</summary>
    public bool IsSecret => Kind is FieldKind.Secret || Schema["x-secret"] is JsonValue secret && secret.TryGetValue(out bool marked) && marked;

    /// <summary>Id of the input on the page.</summary>
    public string Id => "f-" + Path.Replace('.', '-');

    /// <summary>The values to choose from.</summary>
    public IReadOnlyList<string> Choices => Schema["enum"] is JsonArray choices ? [.. choices.Select(ValueText.Of)] : [];

    /// <summary>Fields of an object schema in the order of the schema.</summary>
    public static IReadOnlyList<SchemaField> Of(JsonObject schema, string prefix = "")
    {
        var required = schema["required"] is JsonArray names ? names.Select(ValueText.Of).ToHashSet() : [];
        return schema["properties"] is not JsonObject properties
            ? []
            : [.. properties.Where(property => property.Value is JsonObject).Select(property => new SchemaField(
                property.Key,
                prefix.Length == 0 ? property.Key : $"{prefix}.{property.Key}",
                KindOf((JsonObject)property.Value!),
                required.Contains(property.Key),
                (JsonObject)property.Value!))];
    }

    private string? Text(string keyword) => Schema[keyword] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static FieldKind KindOf(JsonObject schema) => (TypeOf(schema), schema) switch
    {
        (_, _) when schema["enum"] is JsonArray => FieldKind.Choice,
        ("boolean", _) => FieldKind.Boolean,
        ("integer", _) => FieldKind.Integer,
        ("number", _) => FieldKind.Number,
        ("array", _) when schema["items"] is not JsonObject items || TypeOf(items) == "string" => FieldKind.Lines,
        ("object", _) when schema["properties"] is JsonObject => FieldKind.Group,
        ("object" or "array", _) => FieldKind.Json,
        _ when ValueText.Of(schema["format"]) == "password" || schema["writeOnly"] is JsonValue => FieldKind.Secret,
        _ => FieldKind.Text,
    };

    /// <summary>The type; of several, the first that is not null.</summary>
    private static string TypeOf(JsonObject schema) => schema["type"] switch
    {
        JsonArray types => types.Select(ValueText.Of).FirstOrDefault(type => type != "null") ?? "string",
        { } type => ValueText.Of(type),
        _ => schema["properties"] is JsonObject ? "object" : "string",
    };

    /// <summary><c>storageSize_gb</c> → <c>Storage size gb</c>.</summary>
    private static string Spoken(string name)
    {
        var words = System.Text.RegularExpressions.Regex.Replace(name, "([a-z0-9])([A-Z])", "$1 $2").Replace('_', ' ').Replace('-', ' ').ToLowerInvariant();
        return words.Length == 0 ? name : char.ToUpperInvariant(words[0]) + words[1..];
    }
}
