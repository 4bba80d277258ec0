using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Fabric.Workflows.Blueprints.Yaml;

/// <summary>Scalars between YAML's core schema and JSON. Only <c>true</c> and <c>false</c> are booleans: <c>no</c> and <c>on</c> are words.</summary>
internal static partial class YamlValues
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonNode? Read(YamlScalar scalar)
    {
        var text = scalar.Value;
        if (!scalar.Plain) return JsonValue.Create(text);
        switch (text)
        {
            case "" or "~" or "null" or "Null" or "NULL": return null;
            case "true" or "True" or "TRUE": return JsonValue.Create(true);
            case "false" or "False" or "FALSE": return JsonValue.Create(false);
        }

        var first = text[0];
        return (char.IsAsciiDigit(first) || first is '-' or '+' or '.') && Number(text) is { } number ? number : JsonValue.Create(text);
    }

    /// <summary>A value on one line, in flow form; the shortest form that reads back as the same value.</summary>
    public static string Write(JsonNode? value) => value switch
    {
        null => "null",
        JsonObject { Count: 0 } => "{}",
        JsonObject map => "{ " + string.Join(", ", map.Select(p => $"{WriteText(p.Key)}: {Write(p.Value)}")) + " }",
        JsonArray list => "[" + string.Join(", ", list.Select(Write)) + "]",
        JsonValue v when v.GetValueKind() == JsonValueKind.String => WriteText(v.GetValue<string>()),
        _ => value.ToJsonString(),
    };

    /// <summary>An entry with a line for each entry below it; lists and scalars stay on the line of their key.</summary>
    /// <param name="key">The entry's key.</param>
    /// <param name="value">Its value.</param>
    /// <param name="line">The line end and the indentation of the entry.</param>
    public static string WriteBlock(string key, JsonNode? value, string line) => value is JsonObject { Count: > 0 } map
        ? $"{WriteText(key)}:{string.Concat(map.Select(p => $"{line}  {WriteBlock(p.Key, p.Value, line + "  ")}"))}"
        : $"{WriteText(key)}: {Write(value)}";

    public static string WriteText(string text) =>
        SafePlain().IsMatch(text) && Read(new YamlScalar("", 0, 0, 0, 0, text, true)) is JsonValue v && v.GetValueKind() == JsonValueKind.String
            ? text
            : Quoted(text);

    private static string Quoted(string text) => JsonSerializer.Serialize(text, Relaxed)
        .Replace("\u0085", "\\u0085", StringComparison.Ordinal)
        .Replace("\u2028", "\\u2028", StringComparison.Ordinal)
        .Replace("\u2029", "\\u2029", StringComparison.Ordinal)
        .Replace("\ufeff", "\\ufeff", StringComparison.Ordinal);

    private static JsonValue? Number(string text)
    {
        if (!NumberForm().IsMatch(text)) return null;
        if (text.StartsWith("0x", StringComparison.Ordinal))
            return long.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hex) ? Parsed(hex) : null;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)) return Parsed(whole);
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) && double.IsFinite(real) ? Parsed(real) : null;
    }

    // As if parsed from JSON: such a number can be read as int, long or double alike, one made from a long only as long.
    private static JsonValue Parsed<T>(T number) where T : IFormattable =>
        JsonNode.Parse(number.ToString(null, CultureInfo.InvariantCulture))!.AsValue();

    [GeneratedRegex(@"^([-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?|0x[0-9a-fA-F]+)\z", RegexOptions.ExplicitCapture)]
    private static partial Regex NumberForm();

    [GeneratedRegex(@"^([A-Za-z_][A-Za-z0-9_./@-]*|[0-9]+(ms|s|m|h|d))\z", RegexOptions.ExplicitCapture)]
    private static partial Regex SafePlain();
}
