using System.Text.Json.Nodes;

namespace Fabric.Workflows.Executors.Cluster;

/// <summary>Finds the objects of a manifest that an operation or a health rule is about.</summary>
internal static class ObjectTarget
{
    /// <summary>The target as an agent reads it, or the sentence why the manifest has nothing of the kind.</summary>
    /// <param name="target">kind, and name and apiVersion where given; templates are resolved.</param>
    /// <param name="objects">The entity's rendered manifest.</param>
    /// <param name="what">What names the target, for the sentence.</param>
    public static (JsonObject? Target, string? Problem) Resolve(JsonObject target, IReadOnlyList<JsonObject> objects, string what)
    {
        var (kind, name, version) = (target["kind"]?.ToString(), target["name"]?.ToString(), target["apiVersion"]?.ToString());
        var found = objects.FirstOrDefault(o => o["kind"]?.ToString() == kind
            && (name is null || o["metadata"]?["name"]?.ToString() == name) && (version is null || o["apiVersion"]?.ToString() == version));
        if (found is null)
            return (null, $"{what} is about {kind} {name}".TrimEnd() + $", and the manifests of the type make no such object; they make {Names(objects)}.");
        var resolved = new JsonObject { ["apiVersion"] = found["apiVersion"]!.ToString(), ["kind"] = kind };
        if (name is not null)
            resolved["name"] = name;
        return (resolved, null);
    }

    private static string Names(IReadOnlyList<JsonObject> objects) =>
        objects.Count == 0 ? "none" : string.Join(", ", objects.Select(o => $"{o["kind"]} {o["metadata"]?["name"]}"));
}
