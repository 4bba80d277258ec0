using System.Text.Json.Nodes;
using Fabric.Workflows.Catalog;

namespace Fabric.Workflows.Blueprints.Elsa;

/// <summary>Puts an activity's inputs into the node it becomes.</summary>
internal sealed class ElsaInputs(EntityCatalog catalog, ElsaFindings findings)
{
    /// <summary>Properties of one activity.</summary>
    public const int Most = 1_000;

    /// <summary>The node with the values that the activity gives; an input that is not there any more is taken out.</summary>
    public JsonObject Apply(ElsaActivity activity, JsonObject template)
    {
        if (activity.Json.Count > Most)
        {
            findings.Fatal(ElsaFindingCodes.TooLarge, activity.Path, $"'{ElsaJson.Short(activity.Id)}' has {activity.Json.Count} properties; at most {Most} are read.", activity.Id);
            return template;
        }

        var schema = Schema(template);
        var before = ElsaNodeJson.Inputs(template);
        var known = before.Select(input => input.Key).Concat(Names(schema)).Concat(GateReader.Keys(template["gate"].Text() ?? "") ?? []).ToHashSet(StringComparer.Ordinal);
        var given = new Dictionary<string, JsonNode?>(StringComparer.Ordinal);
        foreach (var (key, json) in activity.Json.Where(pair => !ElsaNodeJson.IsReserved(pair.Key)))
        {
            var input = Name(ElsaNodeJson.Input(key), known, activity.Json.ContainsKey("Id"));
            var read = ElsaExpression.Read(json, schema is null ? null : SchemaTypes.At(schema, [input]));
            Report(activity, key, read);
            if (read.Kind == InputKind.Value)
                given[input] = read.Value;
            else if (read.Kind != InputKind.Absent && before.ContainsKey(input))
                given[input] = before[input]?.DeepClone();
        }

        // In the order they had; what is new comes behind.
        var kept = before.Where(input => given.ContainsKey(input.Key)).Select(input => KeyValuePair.Create(input.Key, JsonNode.DeepEquals(input.Value, given[input.Key]) ? input.Value?.DeepClone() : given[input.Key])).ToList();
        return With(template, before, new JsonObject(kept.Concat(given.Where(input => !before.ContainsKey(input.Key)))));
    }

    /// <summary>Says what is not taken.</summary>
    private void Report(ElsaActivity activity, string key, InputRead read)
    {
        var path = $"{activity.Path}.{ElsaJson.Short(key)}";
        var what = $"'{ElsaJson.Short(key)}' of '{ElsaJson.Short(activity.Id)}'";
        switch (read.Kind)
        {
            case InputKind.Foreign:
                findings.Notice(ElsaFindingCodes.ExpressionNotKept, path, $"{what} is an expression in {ElsaJson.Short(read.Language)}, which a blueprint cannot hold; it is left as it was. Write a value or a binding such as ${{network.networkId}}.", activity.Id);
                break;
            case InputKind.Output:
                findings.Notice(ElsaFindingCodes.NotKept, path, $"{what} is an output that goes into a variable; nodes read outputs by bindings, so it is left out.", activity.Id);
                break;
            case InputKind.Broken:
                findings.Fatal(ElsaFindingCodes.WrongShape, path, $"{what} is no input that can be read; it must have an 'expression' with 'type' and 'value', JSON where the type is Object.", activity.Id);
                break;
        }
    }

    private JsonObject? Schema(JsonObject node)
    {
        if (node["entity"].Text()?.Split('@', 2) is not { } parts)
            return null;
        return (catalog.Find(parts[0], parts.Length == 2 ? parts[1] : "") ?? catalog.Find(parts[0]))?.Config;
    }

    private static JsonObject With(JsonObject template, JsonObject before, JsonObject after)
    {
        var node = (JsonObject)template.DeepClone();
        if (node["gate"] is null)
        {
            node.Remove("config");
            if (after.Count > 0)
                node["config"] = after;
            return node;
        }

        foreach (var key in before.Select(input => input.Key))
            node.Remove(key);
        foreach (var (key, value) in after)
            node[key] = value?.DeepClone();
        return node;
    }

    private static IEnumerable<string> Names(JsonObject? schema) => (schema?["properties"] as JsonObject ?? []).Select(property => property.Key);

    private static string Name(string key, HashSet<string> known, bool capitals) =>
        known.Contains(key) ? key
        : known.FirstOrDefault(name => string.Equals(name, key, StringComparison.OrdinalIgnoreCase)) ?? (capitals && key.Length > 0 ? char.ToLowerInvariant(key[0]) + key[1..] : key);
}
