using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Fabric.Web.Controls.Forms;

/// <summary>Between what stands in an input and the value. What cannot be read stays a text, so that it is shown again with its fault.</summary>
public static class FieldValue
{
    /// <summary>The value of an input; null when it is empty.</summary>
    public static JsonNode? Read(FieldKind kind, string text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        return kind switch
        {
            FieldKind.Integer when long.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => JsonValue.Create(whole),
            FieldKind.Number or FieldKind.Integer when decimal.TryParse(text.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
            FieldKind.Lines => new JsonArray([.. text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(line => (JsonNode)JsonValue.Create(line))]),
            FieldKind.Json => Parse(text),
            _ => JsonValue.Create(text),
        };
    }

    /// <summary>The text an input shows.</summary>
    public static string Write(FieldKind kind, JsonNode? value) => (kind, value) switch
    {
        (_, null) => "",
        (FieldKind.Lines, JsonArray lines) => string.Join('\n', lines.Select(ValueText.Of)),
        _ => ValueText.Of(value),
    };

    /// <summary>The value at a dotted path.</summary>
    public static JsonNode? Get(JsonObject values, string path) =>
        path.Split('.').Aggregate((JsonNode?)values, (node, name) => (node as JsonObject)?[name]);

    /// <summary>A copy with another value at a dotted path; null takes it out, and objects left empty by that go with it.</summary>
    public static JsonObject Set(JsonObject values, string path, JsonNode? value)
    {
        var copy = (JsonObject)values.DeepClone();
        Put(copy, path.Split('.'), value);
        return copy;
    }

    private static void Put(JsonObject at, ReadOnlySpan<string> path, JsonNode? value)
    {
        if (path.Length == 1)
        {
            if (value is null)
                at.Remove(path[0]);
            else
                at[path[0]] = value;
            return;
        }

        if (at[path[0]] is not JsonObject inner)
            at[path[0]] = inner = [];
        Put(inner, path[1..], value);
        if (inner.Count == 0)
            at.Remove(path[0]);
    }

    private static JsonNode? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return JsonValue.Create(text);
        }
    }
}
