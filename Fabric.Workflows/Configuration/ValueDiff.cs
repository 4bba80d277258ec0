using System.Text.Json.Nodes;

namespace Fabric.Workflows.Configuration;

/// <summary>Compares two documents value by value. Objects are walked; arrays are compared as a whole.</summary>
public static class ValueDiff
{
    /// <summary>The values that differ, ordered by path.</summary>
    public static IReadOnlyList<ValueChange> Compare(JsonObject? before, JsonObject? after)
    {
        var changes = new List<ValueChange>();
        Walk("", before, after, changes);
        changes.Sort((a, b) => string.CompareOrdinal(a.Path, b.Path));
        return changes;
    }

    private static void Walk(string path, JsonObject? before, JsonObject? after, List<ValueChange> changes)
    {
        foreach (var name in (before ?? []).Select(p => p.Key).Union((after ?? []).Select(p => p.Key)))
        {
            var old = before?[name];
            var fresh = after?[name];
            var at = path.Length == 0 ? name : $"{path}.{name}";
            if (old is JsonObject || fresh is JsonObject)
            {
                if (old is JsonObject or null && fresh is JsonObject or null)
                {
                    Walk(at, old as JsonObject, fresh as JsonObject, changes);
                    continue;
                }
            }

            if (!JsonNode.DeepEquals(old, fresh))
                changes.Add(new ValueChange(at, old?.DeepClone(), fresh?.DeepClone()));
        }
    }
}
