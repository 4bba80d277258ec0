using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Fabric.Workflows.Blueprints.Elsa;

/// <summary>What became of an activity's input.</summary>
internal enum InputKind
{
    Value,
    /// <summary>Nothing is set.</summary>
    Absent,
    /// <summary>An output that goes into a variable.</summary>
    Output,
    /// <summary>An expression in a language that blueprints do not have.</summary>
    Foreign,
    /// <summary>No input at all.</summary>
    Broken,
}

/// <param name="Kind">Whether there is a value.</param>
/// <param name="Value">The value; null is one too.</param>
/// <param name="Language">The language of a foreign expression.</param>
internal readonly record struct InputRead(InputKind Kind, JsonNode? Value = null, string Language = "");

/// <summary>An input's value as Elsa wraps it.</summary>
internal static class ElsaExpression
{
    public static JsonObject Write(JsonNode? value, string memory)
    {
        var structured = value is JsonObject or JsonArray;
        return new JsonObject
        {
            ["typeName"] = TypeName(value),
            ["expression"] = new JsonObject { ["type"] = structured ? "Object" : "Literal", ["value"] = structured ? value!.ToJsonString() : value?.DeepClone() },
            ["memoryReference"] = new JsonObject { ["id"] = memory },
        };
    }

    /// <param name="input">What stands under the activity's key.</param>
    /// <param name="schema">Of the value, when it is known: an editor gives numbers back as text.</param>
    public static InputRead Read(JsonNode? input, JsonObject? schema)
    {
        if (input is null)
            return new InputRead(InputKind.Absent);
        if (input is not JsonObject map)
            return new InputRead(InputKind.Value, input.DeepClone());
        if (map.At("expression") is not JsonObject expression)
            return new InputRead(Without(map));
        var value = expression.At("value");
        switch (expression.TextAt("type") ?? "Literal")
        {
            case "Literal":
                return new InputRead(InputKind.Value, Literal(value, schema is null ? ByName(map.TextAt("typeName")) : SchemaTypes.Of(schema)));
            case "Object" or "Json":
                return Structure(value);
            case var language:
                return new InputRead(InputKind.Foreign, null, language);
        }
    }

    /// <summary>What an input without an expression is.</summary>
    private static InputKind Without(JsonObject map) =>
        map.At("expression") is not null ? InputKind.Broken
        : map.ContainsKey("expression") || map.ContainsKey("Expression") ? InputKind.Absent
        : map.At("memoryReference") is JsonObject ? InputKind.Output : InputKind.Broken;

    private static InputRead Structure(JsonNode? value)
    {
        if (value.Text() is not { } text)
            return new InputRead(InputKind.Value, value?.DeepClone());
        try
        {
            return new InputRead(InputKind.Value, ElsaFile.Parse(Encoding.UTF8.GetBytes(text)));
        }
        catch (JsonException)
        {
            return new InputRead(InputKind.Broken);
        }
    }

    private static JsonNode? Literal(JsonNode? value, IReadOnlyList<string> types)
    {
        if (value.Text() is not { } text || types.Count == 0 || types.Contains("string"))
            return value?.DeepClone();
        if (types.Contains("boolean") && bool.TryParse(text, out var flag))
            return JsonValue.Create(flag);
        var isNumber = (types.Contains("integer") || types.Contains("number")) && double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _);
        return isNumber && (text[0] == '-' || char.IsAsciiDigit(text[0])) && Parsed(text) is { } number ? number : value?.DeepClone();
    }

    private static JsonNode? Parsed(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string TypeName(JsonNode? value) => SchemaTypes.Of(value) switch
    {
        "string" or "null" => "String",
        "boolean" => "Boolean",
        "integer" => "Int64",
        "number" => "Double",
        _ => "Object",
    };

    private static IReadOnlyList<string> ByName(string? type) => type switch
    {
        "Boolean" => ["boolean"],
        "Byte" or "Int16" or "Int32" or "Int64" => ["integer"],
        "Single" or "Double" or "Decimal" => ["number"],
        _ => [],
    };
}
