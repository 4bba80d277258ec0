using System.Text.Json.Nodes;

namespace Fabric.Workflows.Blueprints.Elsa;

/// <summary>
/// Reads a workflow definition in every shape that releases of Elsa 3 write, and says what Elsa itself would pass over in silence.
/// </summary>
internal sealed class ElsaReader(ElsaFindings findings)
{
    public const int MostActivities = 2_000;

    private readonly Dictionary<string, ElsaActivity> activities = new(StringComparer.Ordinal);

    /// <summary>The graph; null when it cannot be made out.</summary>
    public static ElsaGraph? Read(JsonObject definition, ElsaFindings findings) => new ElsaReader(findings).Graph(definition);

    private ElsaGraph? Graph(JsonObject definition)
    {
        if (Root(definition) is not { } root)
            return null;
        var type = root.TextAt("type");
        if (type is not (ElsaNodeTypes.Flowchart or ElsaNodeTypes.Sequence))
        {
            findings.Fatal(ElsaFindingCodes.WrongRoot, "$.root.type", $"The root is {(type is null ? "of no type" : $"a '{ElsaJson.Short(type)}'")}; it must be an {ElsaNodeTypes.Flowchart} or an {ElsaNodeTypes.Sequence}.");
            return null;
        }

        Activities(root);
        if (activities.Count == 0)
            return null;
        List<(string From, string To)> edges = type == ElsaNodeTypes.Sequence
            ? [.. activities.Keys.Zip(activities.Keys.Skip(1))]
            : new ElsaConnections(activities, findings).Read(root.At("connections"), root.MapAt("customProperties")?.At("notFoundConnections"));
        var nodes = activities.Values.Where(activity => activity.Type != ElsaNodeTypes.Start).ToList();
        if (nodes.Count == 0)
        {
            findings.Fatal(ElsaFindingCodes.NoActivities, "$.root.activities", "The workflow has a start and nothing else; a blueprint needs at least one node.");
            return null;
        }

        var starts = activities.Values.Where(activity => activity.Type == ElsaNodeTypes.Start).Select(activity => activity.Id).ToHashSet(StringComparer.Ordinal);
        ElsaOrder.Check(nodes, edges, starts, type == ElsaNodeTypes.Sequence, findings);
        return new ElsaGraph(definition, nodes, [.. edges.Where(edge => !starts.Contains(edge.From) && !starts.Contains(edge.To))]);
    }

    private JsonObject? Root(JsonObject definition)
    {
        switch (definition.At("root"))
        {
            case JsonObject root:
                return root;
            case null:
                findings.Fatal(ElsaFindingCodes.MissingRoot, "$", definition.At("activities") is null
                    ? "The definition has no 'root'; export the workflow from Elsa 3 as JSON and send that."
                    : "The definition has no 'root' but activities of its own, as Elsa 2 wrote them; open it in Elsa 3 and export it again.");
                return null;
            default:
                findings.Fatal(ElsaFindingCodes.WrongShape, "$.root", "The root must be an activity, an object with 'type' and 'activities'.");
                return null;
        }
    }

    private void Activities(JsonObject root)
    {
        const string Where = "$.root.activities";
        var node = root.At("activities");
        if (node.List() is not { Count: > 0 } list)
        {
            findings.Fatal(node is null or JsonArray or JsonObject ? ElsaFindingCodes.NoActivities : ElsaFindingCodes.WrongShape, Where, "The root has no activities; a blueprint needs at least one node.");
            return;
        }

        if (list.Count > MostActivities)
        {
            findings.Fatal(ElsaFindingCodes.TooLarge, Where, $"The workflow has {list.Count} activities; at most {MostActivities} are read. Split it.");
            return;
        }

        for (var i = 0; i < list.Count; i++)
            Activity(list[i], $"{Where}[{i}]", i);
    }

    private void Activity(JsonNode? node, string path, int index)
    {
        if (node is not JsonObject json)
        {
            findings.Fatal(ElsaFindingCodes.WrongShape, path, "An activity must be an object with 'id' and 'type'.");
            return;
        }

        var id = json.TextAt("id");
        if (json.TextAt("type") is not { Length: > 0 } type)
        {
            findings.Fatal(ElsaFindingCodes.MissingType, path, $"The activity {(id is null ? "" : $"'{ElsaJson.Short(id)}' ")}has no 'type'; write which activity it is, such as Fabric.Pinot.", id);
            return;
        }

        if (id is not { Length: > 0 })
        {
            id = $"activity-{index + 1}";
            findings.Notice(ElsaFindingCodes.MissingId, path, $"The activity of the type '{ElsaJson.Short(type)}' has no 'id', so nothing can be connected to it; it is called '{id}'.", id);
        }

        if (!activities.TryAdd(id, new ElsaActivity(id, type, json, path)))
            findings.Fatal(ElsaFindingCodes.DuplicateId, path, $"There are two activities with the id '{ElsaJson.Short(id)}', here and at {activities[id].Path}; give one of them another.", id);
    }
}
