using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Fabric.Workflows.Blueprints.Elsa;

/// <summary>
/// Writes a blueprint as an Elsa 3 workflow definition: a flowchart with an activity per node. Elsa draws it and keeps all of it, for it
/// keeps activities of types that it does not know. Fabric's own data stands in <c>customProperties</c>, the text included, so that
/// <see cref="ElsaImport"/> gives the same text back. The same blueprint gives the same bytes.
/// </summary>
public static class ElsaExport
{
    private const string Schema = "https://elsaworkflows.io/schemas/workflow-definition/v3.0.0/schema.json";
    private const string Workflow = "Workflow1";
    private const string Start = "Start";
    private const string Done = "Done";
    private const string In = "In";

    private static readonly JsonSerializerOptions Written = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 128 };

    /// <summary>The definition, as JSON.</summary>
    /// <param name="blueprint">A published version.</param>
    /// <param name="yaml">The text it was compiled from.</param>
    public static string Write(CompiledBlueprint blueprint, string yaml)
    {
        var definition = new JsonObject
        {
            ["$schema"] = Schema,
            ["id"] = $"{blueprint.Name}-{blueprint.Version}",
            ["definitionId"] = blueprint.Name,
            ["name"] = blueprint.Title,
            ["description"] = blueprint.Description ?? "",
            ["version"] = blueprint.Version,
            ["toolVersion"] = "3.7.1",
            ["variables"] = new JsonArray(),
            ["inputs"] = ElsaParameters.Inputs(blueprint.Parameters),
            ["outputs"] = ElsaParameters.Outputs(blueprint.Outputs.Keys),
            ["outcomes"] = new JsonArray(),
            ["customProperties"] = new JsonObject { [ElsaGraph.Own] = Own(blueprint, yaml) },
            ["isReadonly"] = false,
            ["isSystem"] = false,
            ["isLatest"] = true,
            ["isPublished"] = true,
            ["options"] = new JsonObject(),
            ["root"] = Root(blueprint),
        };
        return definition.ToJsonString(Written);
    }

    private static JsonObject Own(CompiledBlueprint blueprint, string yaml) => new()
    {
        ["apiVersion"] = FileHead.ApiVersion,
        ["name"] = blueprint.Name,
        ["title"] = blueprint.Title,
        ["description"] = blueprint.Description,
        ["version"] = blueprint.Version,
        ["hash"] = blueprint.Hash,
        ["parameters"] = blueprint.Parameters.DeepClone(),
        ["outputs"] = new JsonObject(blueprint.Outputs.Select(output => KeyValuePair.Create(output.Key, (JsonNode?)output.Value))),
        ["policies"] = BlueprintPolicy.Map(blueprint.Policies),
        ["nodes"] = new JsonArray([.. blueprint.Nodes.Select(node => (JsonNode)node.Name)]),
        ["yaml"] = yaml,
    };

    private static JsonObject Root(CompiledBlueprint blueprint)
    {
        var places = ElsaPlaces.Of(blueprint);
        var root = $"{blueprint.Name}-flowchart";
        var nodes = blueprint.Nodes.Select(node => Activity(root, node, places[node.Name], blueprint.Layout.ContainsKey(node.Name)));
        var roots = blueprint.Nodes.Where(node => node.DependsOn.Count == 0).Select(node => (From: Start, To: node.Name));
        var edges = blueprint.Nodes.SelectMany(node => node.DependsOn.Select(before => (From: before, To: node.Name)));
        return new JsonObject
        {
            ["id"] = root,
            ["nodeId"] = $"{Workflow}:{root}",
            ["name"] = "Flowchart1",
            ["type"] = ElsaNodeTypes.Flowchart,
            ["version"] = 1,
            ["customProperties"] = Flags(),
            ["metadata"] = new JsonObject(),
            ["activities"] = new JsonArray([Begin(root, ElsaPlaces.Start(places)), .. nodes]),
            ["variables"] = new JsonArray(),
            ["connections"] = new JsonArray([.. roots.Concat(edges).Select(edge => Connection(edge.From, edge.To))]),
        };
    }

    // Without a start that leads to every root, Elsa runs the first of them and leaves the others out.
    private static JsonObject Begin(string root, (double X, double Y) place) => Head(root, Start, ElsaNodeTypes.Start, Flags(), "Start", place);

    private static JsonObject Activity(string root, BlueprintNode node, (double X, double Y) place, bool own)
    {
        var json = ElsaNodeJson.Of(node);
        var custom = Flags();
        custom[ElsaGraph.Own] = new JsonObject
        {
            ["name"] = node.Name,
            ["node"] = json,
            ["hash"] = node.Type?.Hash,
            ["dependsOn"] = new JsonArray([.. node.DependsOn.Select(name => (JsonNode)name)]),
            [own ? "layout" : "drawn"] = new JsonArray(place.X, place.Y),
        };
        var activity = Head(root, node.Name, ElsaNodeTypes.Of(node), custom, node.Title ?? node.Name, place);
        var number = 0;
        foreach (var (input, value) in ElsaNodeJson.Inputs(json))
            activity[ElsaNodeJson.Key(input)] = ElsaExpression.Write(value, $"{node.Name}:input-{number++}");
        return activity;
    }

    private static JsonObject Head(string root, string id, string type, JsonObject custom, string title, (double X, double Y) place) => new()
    {
        ["id"] = id,
        ["nodeId"] = $"{Workflow}:{root}:{id}",
        ["name"] = id,
        ["type"] = type,
        ["version"] = 1,
        ["customProperties"] = custom,
        ["metadata"] = new JsonObject
        {
            ["displayText"] = title,
            ["designer"] = new JsonObject
            {
                ["position"] = new JsonObject { ["x"] = place.X, ["y"] = place.Y },
                ["size"] = new JsonObject { ["width"] = ElsaPlaces.Width, ["height"] = ElsaPlaces.Height },
            },
        },
    };

    private static JsonObject Flags() => new() { ["canStartWorkflow"] = false, ["runAsynchronously"] = false };

    private static JsonObject Connection(string from, string to) => new()
    {
        ["source"] = new JsonObject { ["activity"] = from, ["port"] = Done },
        ["target"] = new JsonObject { ["activity"] = to, ["port"] = In },
    };
}
