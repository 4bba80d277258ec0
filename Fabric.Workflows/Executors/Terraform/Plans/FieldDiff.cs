using System.Text.Json.Nodes;
using Fabric.Workflows.Runs;

namespace Fabric.Workflows.Executors.Terraform.Plans;

/// <summary>The fields in which a resource changes, read off Terraform's before, after and masks. What is sensitive has no text.</summary>
internal static class FieldDiff
{
    private const int Most = 400;

    /// <summary>The diff of one change.</summary>
    public static IReadOnlyList<FieldChange> Of(JsonObject change)
    {
        var changes = new List<FieldChange>();
        var replaced = (change["replace_paths"] as JsonArray ?? []).Select(path => PathOf(path as JsonArray)).ToList();
        Walk("", change["before"], change["after"], change["after_unknown"], change["before_sensitive"], change["after_sensitive"], replaced, changes);
        return changes.Count <= Most ? changes : [.. changes.Take(Most), new FieldChange($"and {changes.Count - Most} more", null, null)];
    }

    private static void Walk(
        string path, JsonNode? before, JsonNode? after, JsonNode? unknown, JsonNode? oldMask, JsonNode? newMask, List<string> replaced, List<FieldChange> changes)
    {
        if (IsSet(oldMask) || IsSet(newMask))
        {
            if (IsSet(unknown) || !JsonNode.DeepEquals(before, after))
                changes.Add(new FieldChange(path, null, null, IsSet(unknown), Sensitive: true, Forces(path, replaced)));
            return;
        }

        if (IsSet(unknown))
        {
            changes.Add(new FieldChange(path, Leaf(before, oldMask), null, Unknown: true, ForcesReplace: Forces(path, replaced)));
            return;
        }

        switch (before, after)
        {
            case (JsonObject or null, JsonObject or null) when before is JsonObject || after is JsonObject || unknown is JsonObject:
                var (old, next) = (before as JsonObject, after as JsonObject);
                foreach (var name in Keys(old, next, unknown as JsonObject))
                    Walk(path.Length == 0 ? name : $"{path}.{name}", old?[name], next?[name], unknown?[name], Part(oldMask, name), Part(newMask, name), replaced, changes);
                break;
            case (JsonArray or null, JsonArray or null) when before is JsonArray || after is JsonArray:
                var (first, second) = (before as JsonArray ?? [], after as JsonArray ?? []);
                for (var i = 0; i < Math.Max(Math.Max(first.Count, second.Count), (unknown as JsonArray)?.Count ?? 0); i++)
                    Walk($"{path}[{i}]", At(first, i), At(second, i), At(unknown as JsonArray, i), At(oldMask as JsonArray, i), At(newMask as JsonArray, i), replaced, changes);
                break;
            default:
                if (!JsonNode.DeepEquals(before, after) && (Marks(oldMask) || Marks(newMask)))
                    changes.Add(new FieldChange(path, null, null, Sensitive: true, ForcesReplace: Forces(path, replaced)));
                else if (!JsonNode.DeepEquals(before, after))
                    changes.Add(new FieldChange(path, before?.DeepClone(), after?.DeepClone(), ForcesReplace: Forces(path, replaced)));
                break;
        }
    }

    /// <summary>A whole value that gives way to an unknown one is shown only when nothing in it is sensitive.</summary>
    private static JsonNode? Leaf(JsonNode? value, JsonNode? mask) => mask is null or JsonValue || value is JsonValue ? value?.DeepClone() : null;

    /// <summary>Whether a mask marks anything: a value that becomes one of another kind is compared as a whole.</summary>
    private static bool Marks(JsonNode? mask) => mask switch
    {
        JsonObject map => map.Any(entry => Marks(entry.Value)),
        JsonArray list => list.Any(Marks),
        _ => IsSet(mask),
    };

    private static IEnumerable<string> Keys(JsonObject? old, JsonObject? next, JsonObject? unknown) =>
        (old ?? []).Concat(next ?? []).Concat(unknown ?? []).Select(p => p.Key).Distinct().Order(StringComparer.Ordinal);

    private static JsonNode? Part(JsonNode? mask, string name) => (mask as JsonObject)?[name];

    private static JsonNode? At(JsonArray? list, int index) => index < list?.Count ? list[index] : null;

    private static bool IsSet(JsonNode? mask) => mask is JsonValue value && value.TryGetValue(out bool set) && set;

    private static bool Forces(string path, List<string> replaced) =>
        replaced.Any(r => path == r || path.StartsWith(r + ".", StringComparison.Ordinal) || path.StartsWith(r + "[", StringComparison.Ordinal));

    private static string PathOf(JsonArray? steps) =>
        (steps ?? []).Aggregate("", (path, step) => step is JsonValue value && value.TryGetValue(out string? name) ? (path.Length == 0 ? name : $"{path}.{name}") : $"{path}[{step}]");
}
