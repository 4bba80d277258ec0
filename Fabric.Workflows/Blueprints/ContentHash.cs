using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Fabric.Workflows.Blueprints;

/// <summary>SHA-256 in lower-case hex of content, whatever order its keys or line ends come in.</summary>
public static class ContentHash
{
    /// <summary>Of JSON with the keys of every object sorted.</summary>
    public static string Of(JsonNode? value)
    {
        var text = new StringBuilder();
        Write(value, text);
        return Of(text.ToString());
    }

    /// <summary>Of text with CRLF read as LF, so that a checkout on another system is the same content.</summary>
    public static string Of(string text) => Of(Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\n")));

    /// <summary>Of bytes as they are.</summary>
    public static string Of(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private static void Write(JsonNode? value, StringBuilder text)
    {
        switch (value)
        {
            case JsonObject map:
                text.Append('{');
                foreach (var (key, item) in map.OrderBy(p => p.Key, StringComparer.Ordinal))
                {
                    text.Append(JsonValue.Create(key).ToJsonString()).Append(':');
                    Write(item, text);
                    text.Append(',');
                }

                text.Append('}');
                break;
            case JsonArray list:
                text.Append('[');
                foreach (var item in list)
                {
                    Write(item, text);
                    text.Append(',');
                }

                text.Append(']');
                break;
            default:
                text.Append(value?.ToJsonString() ?? "null");
                break;
        }
    }
}
