using System.Text.Json.Nodes;

namespace Fabric.Agent.Reconcile;

/// <summary>
/// What an apply would change: the object as it is against the object as the API server says it would be. Fields that others own are equal in both.
/// </summary>
internal static class Drift
{
    private static readonly HashSet<string> Ignored =
    [
        "status", "metadata.managedFields", "metadata.resourceVersion", "metadata.generation", "metadata.creationTimestamp",
        "metadata.uid", "metadata.selfLink",
    ];

    /// <summary>Dotted paths of what differs, sorted; list elements by index.</summary>
    public static IReadOnlyList<string> Fields(JsonObject live, JsonObject applied)
    {
        var found = new List<string>();
        Compare("", live, applied, found);
        found.Sort(StringComparer.Ordinal);
        return found;
    }

    private static void Compare(string path, JsonNode? a, JsonNode? b, List<string> found)
    {
        if (Ignored.Contains(path)) return;
        switch (a, b)
        {
            case (JsonObject x, JsonObject y):
                foreach (var name in x.Select(p => p.Key).Union(y.Select(p => p.Key)))
                    Compare(path.Length == 0 ? name : path + "." + name, x[name], y[name], found);
                break;
            case (JsonArray x, JsonArray y) when x.Count == y.Count:
                for (var i = 0; i < x.Count; i++) Compare($"{path}[{i}]", x[i], y[i], found);
                break;
            default:
                if (!JsonNode.DeepEquals(a, b)) found.Add(path);
                break;
        }
    }
}
