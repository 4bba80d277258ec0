using System.Text.Json.Nodes;

namespace Fabric.Workflows.Blueprints;

/// <summary>One field of the form that a schema draws.</summary>
/// <param name="Path">Dotted path of the value.</param>
/// <param name="Title">The label.</param>
/// <param name="Description">The help below it.</param>
/// <param name="Type"><c>string</c>, <c>integer</c>, <c>number</c>, <c>boolean</c>, <c>array</c> or <c>object</c> (a map without named properties).</param>
/// <param name="Schema">The field's own schema: choices, limits, pattern.</param>
public sealed record FormField(string Path, string Title, string? Description, string Type, JsonObject Schema)
{
    public required bool Required { get; init; }

    /// <summary>A change means that the entity is replaced.</summary>
    public bool Immutable => Is("x-immutable");

    /// <summary>Takes a secret reference, never a value.</summary>
    public bool Secret => Is("x-secret");

    /// <summary>Shown behind the field.</summary>
    public string? Unit => Schema["x-unit"]?.ToString();

    public JsonNode? Default => Schema["default"];

    /// <summary>What can be chosen; empty when anything can be typed.</summary>
    public IReadOnlyList<string> Choices => [.. (Schema["enum"] as JsonArray ?? []).Select(c => c?.ToString() ?? "")];

    public double? Minimum => SchemaWalk.Limit(Schema, "minimum");

    public double? Maximum => SchemaWalk.Limit(Schema, "maximum");

    private bool Is(string mark) => Schema[mark] is JsonValue v && v.TryGetValue<bool>(out var marked) && marked;
}

/// <summary>Lays a schema out as fields, in the order written; maps with named properties are flattened.</summary>
public static class ParameterForm
{
    public static IReadOnlyList<FormField> Of(JsonObject schema) => [.. Fields(schema, "")];

    private static IEnumerable<FormField> Fields(JsonObject schema, string path)
    {
        var required = (schema["required"] as JsonArray ?? []).Select(r => r!.ToString()).ToHashSet(StringComparer.Ordinal);
        foreach (var (name, property) in schema["properties"] as JsonObject ?? [])
        {
            if (property is not JsonObject inner) continue;
            var at = Bindings.Join(path, name);
            var type = SchemaTypes.Of(inner) is [var first, ..] ? first : "string";
            if (type == "object" && inner["properties"] is JsonObject { Count: > 0 })
            {
                foreach (var field in Fields(inner, at)) yield return field;
                continue;
            }

            yield return new FormField(at, inner["title"]?.ToString() ?? Words(name), inner["description"]?.ToString(), type, inner)
            {
                Required = required.Contains(name) && !inner.ContainsKey("default"),
            };
        }
    }

    // subnetIds -> Subnet ids: good enough where an author gave no title.
    private static string Words(string name)
    {
        var words = string.Concat(name.Select((c, i) => i > 0 && char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : c.ToString()));
        return words.Length == 0 ? words : char.ToUpperInvariant(words[0]) + words[1..];
    }
}
