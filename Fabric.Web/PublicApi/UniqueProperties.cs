using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Fabric.Web.PublicApi;

/// <summary>
/// Reads objects whose shape is the caller's, to their end: nodes look at their properties only when they are asked for them, and one
/// that is given twice would come up in the middle of the work.
/// </summary>
internal sealed class UniqueProperties : JsonConverter<JsonObject>
{
    /// <inheritdoc/>
    public override JsonObject Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (JsonNode.Parse(ref reader) is not JsonObject read)
            throw new JsonException();
        try
        {
            Visit(read);
            return read;
        }
        catch (ArgumentException)
        {
            throw new JsonException();
        }
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, JsonObject value, JsonSerializerOptions options) => value.WriteTo(writer, options);

    private static void Visit(JsonNode? node)
    {
        if (node is JsonObject map)
        {
            foreach (var (_, value) in map)
                Visit(value);
        }
        else if (node is JsonArray list)
        {
            foreach (var item in list)
                Visit(item);
        }
    }
}
