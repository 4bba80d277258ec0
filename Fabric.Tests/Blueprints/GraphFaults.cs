using Fabric.Workflows.Blueprints;

namespace Fabric.Tests.Blueprints;

public sealed class GraphFaults
{
    [Fact]
    public void A_cycle_is_printed_as_a_path() => Sample.HasFault(
        Sample.Compile(Sample.Nodes("a: { entity: network@1, after: [b] }\nb: { entity: network@1, after: [c] }\nc: { entity: network@1, after: [a] }")),
        FaultCodes.Cycle, 5, 5, "The nodes wait for each other in a circle: a -> b -> c -> a. Drop one of these bindings or 'after' edges.");

    [Fact]
    public void A_binding_can_close_a_cycle_too() => Sample.HasFault(
        Sample.Compile(Sample.Nodes("app: { entity: app@1, config: { network: \"${network.id}\" } }\nnetwork: { entity: network@1, after: [app] }")),
        FaultCodes.Cycle, 5, 5, "The nodes wait for each other in a circle: app -> network -> app. Drop one of these bindings or 'after' edges.");

    [Fact]
    public void A_node_that_waits_for_itself_is_a_cycle() => Sample.HasFault(
        Sample.Compile(Sample.Nodes("a: { entity: network@1, after: [a] }")),
        FaultCodes.Cycle, 5, 5, "The nodes wait for each other in a circle: a -> a. Drop one of these bindings or 'after' edges.");

    [Fact]
    public void A_node_behind_a_cycle_can_never_start()
    {
        var faults = Sample.Compile(Sample.Nodes("a: { entity: network@1, after: [b] }\nb: { entity: network@1, after: [a] }\nc: { entity: network@1, after: [b] }")).Faults;
        Assert.Equal([(FaultCodes.Cycle, 5), (FaultCodes.UnreachableNode, 7)], faults.Select(f => (f.Code, f.Line)));
        Assert.Equal("'c' can never start, because what it waits for is part of a circle; break that first.", faults[1].Message);
    }

    [Fact]
    public void Two_cycles_are_both_printed() => Assert.Equal(2, Sample.Compile(Sample.Nodes(
        "a: { entity: network@1, after: [b] }\nb: { entity: network@1, after: [a] }\nc: { entity: network@1, after: [d] }\nd: { entity: network@1, after: [c] }"))
        .Faults.Count(f => f.Code == FaultCodes.Cycle));

    [Fact]
    public void Nodes_come_in_an_order_that_can_be_run_and_otherwise_as_written() => Assert.Equal(["b", "a", "c", "d"], Sample.Compiled(Sample.Nodes(
        "a: { entity: network@1, after: [b] }\nb: { entity: network@1 }\nc: { entity: network@1 }\nd: { entity: network@1, after: [a, c] }"))
        .Nodes.Select(n => n.Name));
}
