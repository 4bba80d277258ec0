using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Fabric.Web.Controls;

/// <summary>A JSON value as people read it.</summary>
public static class ValueText
{
    private static readonly JsonSerializerOptions Plain = new(JsonSerializerOptions.Default) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Texts without quotes, lists with commas, yes and no as words of JSON.</summary>
    public static string Of(JsonNode? node) => node switch
    {
        null => "",
        JsonValue value when value.GetValueKind() is JsonValueKind.String => value.GetValue<string>(),
        JsonArray { Count: 0 } => "none",
        JsonArray array when array.All(item => item is JsonValue) => string.Join(", ", array.Select(Of)),
        _ => node.ToJsonString(Plain),
    };
}
