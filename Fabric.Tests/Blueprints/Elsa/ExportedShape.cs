using System.Text.Json.Nodes;
using Fabric.Tests.Catalog;
using Fabric.Workflows.Blueprints.Elsa;

namespace Fabric.Tests.Blueprints.Elsa;

/// <summary>An export is what Elsa runs and draws as it is meant.</summary>
public sealed class ExportedShape
{
    private readonly JsonObject definition = Workflows.Json(ElsaExport.Write(BuiltInCatalog.Blueprint("pinot-byoc"), BuiltInCatalog.Blueprints.Texts["pinot-byoc"]));

    [Fact]
    public void One_activity_is_as_Elsa_has_it()
    {
        var export = Workflows.Export("kind: Blueprint\nmetadata: { name: sample }\nspec:\n  nodes:\n    a: { entity: network@1 }\n    web: { entity: app@1, after: [a], config: { network: \"${a.id}\", size: 3, ports: [80] } }\n");
        var web = export.Activity("web");
        web["customProperties"]!["fabric"]!.AsObject().Remove("hash");
        Assert.Equal(
            """{"id":"web","nodeId":"Workflow1:sample-flowchart:web","name":"web","type":"Fabric.App","version":1,"customProperties":{"canStartWorkflow":false,"runAsynchronously":false,"fabric":{"name":"web","node":{"entity":"app@1.1.0","after":["a"],"config":{"network":"${a.id}","size":3,"ports":[80]}},"dependsOn":["a"],"drawn":[320,80]}},"metadata":{"displayText":"web","designer":{"position":{"x":320,"y":80},"size":{"width":200,"height":64}}},"network":{"typeName":"String","expression":{"type":"Literal","value":"${a.id}"},"memoryReference":{"id":"web:input-0"}},"size":{"typeName":"Int64","expression":{"type":"Literal","value":3},"memoryReference":{"id":"web:input-1"}},"ports":{"typeName":"Object","expression":{"type":"Object","value":"[80]"},"memoryReference":{"id":"web:input-2"}}}""",
            web.ToJsonString());
        Assert.Equal(
            """[{"source":{"activity":"Start","port":"Done"},"target":{"activity":"a","port":"In"}},{"source":{"activity":"a","port":"Done"},"target":{"activity":"web","port":"In"}}]""",
            export.Connections().ToJsonString());
    }

    [Fact]
    public void The_start_leads_to_every_root() => Assert.Equal(
        ["network", "storage"], definition.Connections().Where(connection => (string?)connection!["source"]!["activity"] == "Start").Select(connection => (string)connection!["target"]!["activity"]!).Order());

    [Fact]
    public void Every_activity_has_ids_a_place_a_size_and_a_type_of_ours()
    {
        var activities = definition["root"]!["activities"]!.AsArray();
        Assert.Equal(BuiltInCatalog.Blueprint("pinot-byoc").Nodes.Count + 1, activities.Count);
        Assert.All(activities.Skip(1), activity =>
        {
            Assert.StartsWith("Fabric.", (string)activity!["type"]!, StringComparison.Ordinal);
            Assert.EndsWith($":{activity["id"]}", (string)activity["nodeId"]!, StringComparison.Ordinal);
            Assert.Equal((200, 64), ((int)activity["metadata"]!["designer"]!["size"]!["width"]!, (int)activity["metadata"]!["designer"]!["size"]!["height"]!));
        });
        Assert.Equal("Fabric.WorkloadIdentity", (string?)definition.Activity("workload-identity")["type"]);
        Assert.Equal("Fabric.Gate.Approval", (string?)definition.Activity("approve")["type"]);
        Assert.Equal((1520, 80), ((int)definition.Activity("pinot")["metadata"]!["designer"]!["position"]!["x"]!, (int)definition.Activity("pinot")["metadata"]!["designer"]!["position"]!["y"]!));
    }

    [Fact]
    public void Every_edge_is_a_connection_from_done_to_in()
    {
        var edges = BuiltInCatalog.Blueprint("pinot-byoc").Nodes.Sum(node => node.DependsOn.Count);
        Assert.Equal(edges + 2, definition.Connections().Count);
        Assert.All(definition.Connections(), connection => Assert.Equal(("Done", "In"), ((string?)connection!["source"]!["port"], (string?)connection["target"]!["port"])));
    }

    [Fact]
    public void Parameters_and_outputs_are_inputs_and_outputs()
    {
        Assert.Contains(definition["inputs"]!.AsArray(), input => (string?)input!["name"] == "servers" && (string?)input["type"] == "Int64");
        Assert.Contains(definition["outputs"]!.AsArray(), output => (string?)output!["name"] == "endpoint");
    }
}
