using System.Text.Json.Nodes;

namespace Fabric.Workflows.Configuration;

/// <summary>One layer of configuration.</summary>
/// <param name="Name"><c>product</c>, <c>vendor</c>, <c>region</c>, <c>tenant</c> or <c>environment</c>.</param>
/// <param name="Version">Version of the layer; a revision records it.</param>
/// <param name="Values">What it says; what it does not mention is left to others.</param>
/// <param name="Locked">Dotted paths that later layers may not change.</param>
public sealed record ConfigurationLayer(string Name, int Version, JsonObject Values, IReadOnlyList<string>? Locked = null);

/// <summary>Values with the layer that each comes from.</summary>
/// <param name="Values">All layers merged: the later wins unless an earlier one locked the value.</param>
/// <param name="Origins">Dotted path of each value, and the layer that gave it.</param>
/// <param name="Versions">Version of every layer.</param>
/// <param name="Refused">Values that a lock kept out: path, and the layer that locked it.</param>
public sealed record LayeredValues(
    JsonObject Values,
    IReadOnlyDictionary<string, string> Origins,
    JsonObject Versions,
    IReadOnlyList<(string Path, string LockedBy)> Refused);

/// <summary>Merges layers of configuration.</summary>
public static class Layers
{
    /// <summary>Merges layers, the first being the weakest.</summary>
    public static LayeredValues Merge(IEnumerable<ConfigurationLayer> layers)
    {
        var values = new JsonObject();
        var origins = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var versions = new JsonObject();
        var locks = new Dictionary<string, string>(StringComparer.Ordinal);
        var refused = new List<(string, string)>();
        foreach (var layer in layers)
        {
            versions[layer.Name] = layer.Version;
            Take("", layer.Values, values);
            foreach (var path in layer.Locked ?? [])
                locks.TryAdd(path, layer.Name);

            void Take(string prefix, JsonObject from, JsonObject into)
            {
                foreach (var (name, value) in from)
                {
                    var path = prefix.Length == 0 ? name : $"{prefix}.{name}";
                    if (locks.TryGetValue(path, out var by))
                    {
                        refused.Add((path, by));
                    }
                    else if (value is JsonObject nested)
                    {
                        if (into[name] is not JsonObject target)
                            into[name] = target = [];
                        Take(path, nested, target);
                    }
                    else
                    {
                        into[name] = value?.DeepClone();
                        origins[path] = layer.Name;
                    }
                }
            }
        }

        return new LayeredValues(values, origins, versions, refused);
    }

    /// <summary>The defaults that a JSON Schema gives: the product layer of a blueprint version.</summary>
    public static JsonObject Defaults(JsonObject schema)
    {
        var defaults = new JsonObject();
        foreach (var (name, property) in schema["properties"] as JsonObject ?? [])
        {
            if (property?["default"] is { } value)
                defaults[name] = value.DeepClone();
            else if (property is JsonObject { } nested && nested["properties"] is JsonObject && Defaults(nested) is { Count: > 0 } inner)
                defaults[name] = inner;
        }

        return defaults;
    }
}
