using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fabric.Workflows.Engine;

/// <summary>How records travel and are shown: camel case, enums as words.</summary>
public static class EngineJson
{
    /// <summary>The options; read-only.</summary>
    public static JsonSerializerOptions Options { get; } = Make();

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() }, AllowOutOfOrderMetadataProperties = true };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
