using System.Text.Json.Nodes;
using Fabric.Workflows.Blueprints;

namespace Fabric.Workflows.Catalog;

/// <summary>Writes the hash of a ConfigMap's or Secret's data into the pods that read it.</summary>
internal static class RestartHashes
{
    public static void Fill(IReadOnlyList<JsonObject> objects)
    {
        foreach (var manifest in objects)
        {
            if (manifest["spec"]?["template"]?["metadata"]?["annotations"] is not JsonObject annotations
                || annotations[ManifestRenderer.RestartOnAnnotation]?.ToString() is not { } names) continue;
            var read = names.Split(',', StringSplitOptions.TrimEntries).Select(n => Data(objects, n)).ToArray();
            annotations[ManifestRenderer.RestartOnAnnotation] = ContentHash.Of(new JsonArray(read))[..16];
        }
    }

    private static JsonArray Data(IEnumerable<JsonObject> objects, string name) => new([.. objects
        .Where(o => o["kind"]?.ToString() is "ConfigMap" or "Secret" && o["metadata"]?["name"]?.ToString() == name)
        .Select(o => (o["data"] ?? o["stringData"])?.DeepClone())]);
}
