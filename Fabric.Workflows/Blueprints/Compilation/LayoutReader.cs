using System.Text.Json.Nodes;
using Fabric.Workflows.Blueprints.Yaml;

namespace Fabric.Workflows.Blueprints;

/// <summary>Reads the designer's positions.</summary>
internal static class LayoutReader
{
    public static IReadOnlyDictionary<string, double[]> Read(YamlMap layout, IEnumerable<string> nodes, FaultList faults)
    {
        var known = nodes.ToHashSet(StringComparer.Ordinal);
        var result = new Dictionary<string, double[]>(StringComparer.Ordinal);
        foreach (var entry in layout.Entries)
        {
            if (!known.Contains(entry.Name))
                faults.Add(FaultCodes.UnknownNode, entry.Key, $"'layout' places '{entry.Name}', and there is no such node. {Suggestion.For(entry.Name, known)}", entry.Name, "layout");
            else if (entry.Value.ToJson() is JsonArray { Count: 2 } pair && pair.All(p => SchemaTypes.Of(p) is "integer" or "number"))
                result[entry.Name] = [.. pair.Select(p => double.Parse(p!.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture))];
            else
                faults.Add(FaultCodes.WrongKind, entry.Value, $"The place of '{entry.Name}' must be two numbers like [80, 120].", entry.Name, "layout");
        }

        return result;
    }
}
