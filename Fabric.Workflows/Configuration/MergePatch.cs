using System.Text.Json.Nodes;

namespace Fabric.Workflows.Configuration;

/// <summary>JSON merge patch, RFC 7396.</summary>
public static class MergePatch
{
    /// <summary>A copy of <paramref name="target"/> with <paramref name="patch"/> applied: null removes, objects merge, the rest replaces.</summary>
    public static JsonObject Apply(JsonObject target, JsonObject patch)
    {
        var result = (JsonObject)target.DeepClone();
        foreach (var (name, value) in patch)
        {
            if (value is null)
                result.Remove(name);
            else if (value is JsonObject nested)
                result[name] = Apply(result[name] as JsonObject ?? [], nested);
            else
                result[name] = value.DeepClone();
        }

        return result;
    }
}
