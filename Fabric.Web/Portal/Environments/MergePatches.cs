using System.Text.Json.Nodes;

namespace Fabric.Web.Portal.Environments;

/// <summary>Makes merge patches of what a person did to values.</summary>
internal static class MergePatches
{
    /// <summary>The patch that leads from one to the other: what is gone is null.</summary>
    public static JsonObject Between(JsonObject before, JsonObject after)
    {
        var patch = new JsonObject();
        foreach (var name in before.Select(pair => pair.Key).Union(after.Select(pair => pair.Key)).ToList())
        {
            if (JsonNode.DeepEquals(before[name], after[name]) && before.ContainsKey(name) == after.ContainsKey(name))
                continue;
            patch[name] = before[name] is JsonObject old && after[name] is JsonObject fresh ? Between(old, fresh) : after[name]?.DeepClone();
        }

        return patch;
    }
}
