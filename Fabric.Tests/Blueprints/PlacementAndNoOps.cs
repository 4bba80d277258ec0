using System.Text.Json.Nodes;
using Fabric.Workflows.Blueprints;

namespace Fabric.Tests.Blueprints;

public sealed class PlacementAndNoOps
{
    private static readonly CompiledBlueprint Blueprint = Sample.Compiled(Sample.Nodes("""
        network: { entity: network@1 }
        app: { entity: app@1, config: { network: "${network.id}", ports: ["${network.port}"] } }
        other: { entity: app@1, config: { network: "x-${network.id}" } }
        """) + "  outputs: { net: \"${network.subnets[0]}\", url: \"${app.url}\" }\n");

    [Fact]
    public void A_type_without_the_implementation_that_is_needed_is_a_fault()
    {
        var faults = Placement.Check(Blueprint, Sample.Catalog.Find, "aws", new HashSet<string>());
        Assert.Equal(["network", "app", "other"], faults.Select(f => f.Node));
        Assert.Equal("network@1.0.0 has no implementation for 'aws' (it has sandbox); flag 'network' as no-op and adopt its outputs, or choose another cloud.", faults[0].Message);
    }

    [Fact]
    public void A_node_that_is_a_no_op_needs_no_implementation() =>
        Assert.Empty(Placement.Check(Blueprint, Sample.Catalog.Find, "aws", new HashSet<string> { "network", "app", "other" }));

    [Fact]
    public void Flagging_what_is_not_there_and_an_unknown_cloud_are_faults() => Assert.Equal(
        [(FaultCodes.WrongKind, null), (FaultCodes.UnknownNode, "netwrk")],
        Placement.Check(Blueprint, Sample.Catalog.Find, "moon", new HashSet<string> { "network", "app", "other", "netwrk" }).Select(f => (f.Code, f.Node)));

    [Fact]
    public void A_no_op_costs_the_outputs_that_others_bind_to()
    {
        var node = Assert.Single(NoOpCost.Compute(Blueprint, Sample.Catalog.Find, new HashSet<string> { "network" }).Nodes);
        Assert.Equal(["id: app, other", "port: app", "subnets: outputs.net"], node.Required.Select(r => $"{r.Output}: {string.Join(", ", r.NeededBy)}"));
        Assert.Equal("integer", node.Required[1].Schema["type"]!.ToString());
    }

    [Fact]
    public void What_only_another_no_op_needs_costs_nothing()
    {
        var report = NoOpCost.Compute(Blueprint, Sample.Catalog.Find, new HashSet<string> { "network", "app", "other" });
        Assert.Equal(["subnets"], report.Nodes.Single(n => n.Node == "network").Required.Select(r => r.Output));
        Assert.Equal(["url"], report.Nodes.Single(n => n.Node == "app").Required.Select(r => r.Output));
    }

    [Fact]
    public void Adopted_values_are_checked_against_the_outputs_they_stand_for()
    {
        var report = NoOpCost.Compute(Blueprint, Sample.Catalog.Find, new HashSet<string> { "network" });
        var issues = report.Check(new JsonObject { ["network"] = new JsonObject { ["id"] = "n1", ["port"] = "eighty" } });
        Assert.Equal(["network.port must be a whole number, not 'eighty'.", "network.subnets is needed by outputs.net; give the value of what you already have."],
            issues.Select(i => $"{i.Path} {i.Message}"));
        Assert.Empty(report.Check((JsonObject)JsonNode.Parse("""{ "network": { "id": "n1", "port": 80, "subnets": ["a"] } }""")!));
    }
}
