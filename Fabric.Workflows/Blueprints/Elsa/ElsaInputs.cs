using System.Text.Json.Nodes;
using Fabric.Workflows.Catalog;

namespace Fabric.Workflows.Blueprints.Elsa;

/// <summary>Puts an activity's inputs into the node it becomes.</summary>
internal sealed class ElsaInputs(EntityCatalog catalog, ElsaFindings findings)
{
    /// <summary>The node with the values that the activity gives; an input that is not there any more is taken out.</summary>
    public JsonObject Apply(ElsaActivity activity, JsonObject template)
    {
        var schema = Schema(template);
        var before = ElsaNodeJson.Inputs(template);
        var known = before.Select(input => input.Key).Concat(Names(schema)).Concat(GateReader.Keys(template["gate"].Text() ?? "") ?? []).Distinct().ToList();
        var after = new JsonObject();
        // In the order they had; what is new comes behind.
        foreach (var (key, value) in before)
            after[key] = value?.DeepClone();
        var given = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (key, json) in activity.Json.Where(pair => !ElsaNodeJson.IsReserved(pair.Key)))
        {
            var input = Name(ElsaNodeJson.Input(key), known, activity.Json.ContainsKey("Id"));
            var property = schema is null ? null : SchemaTypes.At(schema, [input]);
            var read = ElsaExpression.Read(json, property);
            if (Report(activity, key, read))
                given.Add(input);
            if (read.Kind == InputKind.Value && !(after.ContainsKey(input) && JsonNode.DeepEquals(after[input], read.Value)))
                after[input] = read.Value;
        }

        foreach (var gone in before.Select(input => input.Key).Where(key => !given.Contains(key)).ToList())
            after.Remove(gone);
        return With(template, before, after);
    }

    /// <summary>Says what is not taken; false when the input counts as not there.</summary>
    private bool Report(ElsaActivity activity, string key, InputRead read)
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

        return read.Kind != InputKind.Absent;
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

    private static string Name(string key, List<string> known, bool capitals) =>
        known.Contains(key) ? key
        : known.Find(name => string.Equals(name, key, StringComparison.OrdinalIgnoreCase)) ?? (capitals && key.Length > 0 ? char.ToLowerInvariant(key[0]) + key[1..] : key);
}
