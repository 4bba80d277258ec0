using System.Text.Json.Nodes;
using Fabric.Workflows.Blueprints.Elsa;

namespace Fabric.Tests.Blueprints.Elsa;

/// <summary>Every shape that releases of Elsa 3 write is read.</summary>
public sealed class ShapesOfOtherReleases
{
    private const string Nodes = """[{ "id": "a", "type": "Fabric.Network" }, { "id": "b", "type": "Fabric.Gate.Approval", "by": "vendor" }]""";

    [Theory]
    [InlineData("""[{ "source": { "activity": "a", "port": "Done" }, "target": { "activity": "b", "port": "In" } }]""")]
    [InlineData("""[{ "source": { "activity": "a" }, "target": { "activity": "b" } }]""")]
    [InlineData("""[{ "source": "a", "target": "b", "sourcePort": "Done", "targetPort": "In" }]""")]
    [InlineData("""[{ "source": "a", "target": "b" }]""")]
    [InlineData("""{ "source": "a", "target": "b" }""")]
    [InlineData("""{ "$values": [{ "source": "a", "target": "b" }] }""")]
    [InlineData("""[{ "Source": { "Activity": "a", "Port": "Done" }, "Target": { "Activity": "b", "Port": "In" } }]""")]
    public void A_connection_may_be_written_in_any_of_them(string connections) => Assert.Contains("after: [a]", Text(Workflows.Flowchart(Nodes, connections)), StringComparison.Ordinal);

    [Fact]
    public void Keys_in_PascalCase_are_the_same_keys()
    {
        var definition = Workflows.Export(Workflows.Two);
        var pascal = Pascal(definition)!;
        Assert.Equal(Workflows.Two, Workflows.Imported(pascal));
    }

    [Fact]
    public void Lists_under_values_are_lists()
    {
        var definition = Workflows.Export(Workflows.Two);
        var root = definition["root"]!.AsObject();
        foreach (var key in new[] { "activities", "connections" })
            root[key] = new JsonObject { ["$values"] = root[key]!.DeepClone() };
        Assert.Equal(Workflows.Two, Workflows.Imported(definition));
    }

    [Fact]
    public void Connections_that_Elsa_set_aside_with_activities_it_does_not_know_are_connections()
    {
        var definition = Workflows.Export(Workflows.Two);
        var root = definition["root"]!.AsObject();
        root["customProperties"]!["notFoundConnections"] = root["connections"]!.DeepClone();
        Assert.Equal(Workflows.Two, Workflows.Imported(definition));
        root["connections"] = new JsonArray();
        Assert.Equal(Workflows.Two, Workflows.Imported(definition));
        root["customProperties"]!["notFoundConnections"]!.AsArray().Add(new JsonObject { ["source"] = "gone", ["target"] = "web" });
        Assert.Equal(ElsaFindingCodes.NotKept, Assert.Single(Workflows.Import(definition).Findings).Code);
    }

    [Fact]
    public void Flags_on_the_activity_are_no_inputs() => Assert.DoesNotContain(
        "config", Text(Workflows.Flowchart("""[{ "id": "a", "type": "Fabric.Network", "canStartWorkflow": true, "runAsynchronously": false }]""")), StringComparison.Ordinal);

    [Fact]
    public void A_sequence_is_a_chain()
    {
        const string Chain = """{ "root": { "type": "Elsa.Sequence", "activities": [{ "id": "a", "type": "Fabric.Network" }, { "id": "b", "type": "Fabric.Gate.Wait", "duration": "10m" }, { "id": "c", "type": "Fabric.Network" }] } }""";
        Assert.Equal(
            "apiVersion: fabric/v1\nkind: Blueprint\nmetadata:\n  name: sample\nspec:\n  nodes:\n    a:\n      entity: network@1\n    b:\n      gate: wait\n      duration: 10m\n      after: [a]\n    c:\n      entity: network@1\n      after: [b]\n",
            Text(Chain));
    }

    [Fact]
    public void A_workflow_of_Elsas_own_activities_is_gates_with_comments_for_a_person_to_fill_in()
    {
        var result = Workflows.Import(Workflows.Flowchart(
            """[{ "id": "start1", "type": "Elsa.Start" }, { "id": "HttpCall1", "type": "Elsa.SendHttpRequest", "metadata": { "displayText": "Call them" } }, { "id": "x", "type": "Elsa.WriteLine" }]""",
            """[{ "source": "start1", "target": "HttpCall1" }, { "source": "HttpCall1", "target": "x", "sourcePort": "200" }]"""));
        Assert.Equal([ElsaFindingCodes.UnknownPort, ElsaFindingCodes.Renamed, ElsaFindingCodes.UnknownType], result.Findings.Select(finding => finding.Code).Distinct());
        Assert.Contains("    # Elsa: {\"id\":\"x\",\"type\":\"Elsa.WriteLine\"}\n    x:\n      gate: action\n      title: Elsa.WriteLine\n      after: [http-call1]\n", result.Text, StringComparison.Ordinal);
        Assert.Contains("title: \"Call them\"", result.Text, StringComparison.Ordinal);
        var faults = Sample.Compile(result.Text!).Faults;
        Assert.Equal(["http-call1: node", "http-call1: operation", "x: node", "x: operation"], faults.Select(fault => $"{fault.Node}: {fault.Field}").Order());
    }

    [Fact]
    public void Inputs_of_a_workflow_are_parameters() => Assert.Contains(
        "  parameters:\n    type: object\n    properties: { servers: { type: integer } }\n",
        Text("""{ "inputs": [{ "type": "Int32", "name": "servers" }], "root": { "type": "Elsa.Flowchart", "activities": [{ "id": "a", "type": "Fabric.Network" }] } }"""), StringComparison.Ordinal);

    private static string Text(string json)
    {
        var result = Workflows.Import(json);
        Assert.True(result.Text is not null, string.Join('\n', result.Findings));
        return result.Text;
    }

    // What a serializer of another naming policy does: properties of the format, not Fabric's data.
    private static JsonNode? Pascal(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map.Select(pair => KeyValuePair.Create(
            pair.Key is "fabric" or "$schema" ? pair.Key : char.ToUpperInvariant(pair.Key[0]) + pair.Key[1..], pair.Key == "fabric" ? pair.Value?.DeepClone() : Pascal(pair.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Pascal)]),
        _ => node?.DeepClone(),
    };
}
