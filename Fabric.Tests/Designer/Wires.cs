using Fabric.Tests.Blueprints.Editing;
using Fabric.Web.Designer.Canvas;
using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Blueprints.Editing;

namespace Fabric.Tests.Designer;

public sealed class Wires
{
    [Fact]
    public void The_first_difference_is_everything_and_the_next_is_nothing()
    {
        var wire = new CanvasWire();
        var model = CanvasModel.Of(SampleDrafts.Of(SampleDrafts.Two));
        var first = wire.Next(model, [])!;
        Assert.True(first.All);
        Assert.Equal(["net", "web"], first.Nodes.Select(node => node.Name));
        Assert.Equal(["net", "web"], [first.Edges[0].From, first.Edges[0].To]);
        Assert.Equal(2, first.Types.Count);
        Assert.Null(wire.Next(CanvasModel.Of(SampleDrafts.Of(SampleDrafts.Two)), []));
    }

    [Fact]
    public void A_move_sends_one_node_and_a_fault_the_node_it_is_on()
    {
        var wire = new CanvasWire();
        var draft = SampleDrafts.Of(SampleDrafts.Two);
        wire.Next(CanvasModel.Of(draft), []);
        var moved = CanvasModel.Of(draft.After(new MoveNodes(new Dictionary<string, (double, double)> { ["web"] = (8, 16) })));
        Assert.Equal("web", Assert.Single(wire.Next(moved, [])!.Nodes).Name);
        var faulty = wire.Next(moved, [new Fault("X", "sample.yaml", 1, 1, "Wrong.", "net")])!;
        Assert.Equal(("net", 1), (Assert.Single(faulty.Nodes).Name, faulty.Nodes[0].Faults));
        Assert.Empty(faulty.Types);
    }

    [Fact]
    public void What_is_gone_is_named()
    {
        var wire = new CanvasWire();
        var draft = SampleDrafts.Of(SampleDrafts.Two);
        wire.Next(CanvasModel.Of(draft), []);
        var change = wire.Next(CanvasModel.Of(draft.After(new RemoveNodes(["net"]))), [])!;
        Assert.Equal(["net"], change.Gone);
        Assert.Equal(["net>web"], change.GoneEdges);
    }
}
