using System.Text.Json;
using System.Text.Json.Nodes;

namespace Fabric.Workflows.Blueprints;

/// <summary>
/// <c>${root.path}</c> in the strings of a parsed tree. A value can never become structure: a string that is one binding takes the
/// value's type, every other is text. <c>$$&#123;</c> is a plain <c>$&#123;</c>, <c>${secret.name}</c> stays as it is.
/// An object with <c>$if</c> is dropped when its condition does not hold; an object with <c>$each</c>, <c>as</c> and <c>do</c> repeats.
/// </summary>
public static class Bindings
{
    /// <summary>Resolves every binding of <paramref name="template"/>.</summary>
    /// <param name="template">The tree; it is not changed.</param>
    /// <param name="lookup">Finds the value of a root and the names after it.</param>
    public static BindingResult Resolve(JsonNode? template, Func<string, string[], Lookup> lookup)
    {
        var resolution = new BindingResolution(lookup);
        var value = resolution.Single(template, "");
        return new BindingResult(value, resolution.Unknown, resolution.Errors);
    }

    /// <summary>Every binding of <paramref name="template"/>, those to secrets included and those to items of <c>$each</c> left out.</summary>
    public static IReadOnlyList<BindingReference> References(JsonNode? template)
    {
        var found = new List<BindingReference>();
        Collect(template, "", [], found);
        return found;
    }

    /// <summary>Path of a child.</summary>
    internal static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private static void Collect(JsonNode? node, string path, string[] items, List<BindingReference> found)
    {
        switch (node)
        {
            case JsonObject value:
                var inner = value["$each"] is not null && value["as"] is JsonValue name ? [.. items, name.ToString()] : items;
                foreach (var (key, child) in value)
                    Collect(child, Join(path, key), key == "$each" ? items : inner, found);
                break;
            case JsonArray array:
                for (var index = 0; index < array.Count; index++)
                    Collect(array[index], Join(path, $"{index}"), items, found);
                break;
            case JsonValue text when text.GetValueKind() is JsonValueKind.String && Template.Concerns(text.GetValue<string>()):
                var parts = Template.Parse(text.GetValue<string>(), out _);
                foreach (var part in parts)
                {
                    if (part.Root is { } root && !items.Contains(root))
                        found.Add(new BindingReference(root, part.Path, path, parts.Count == 1));
                }

                break;
        }
    }
}
