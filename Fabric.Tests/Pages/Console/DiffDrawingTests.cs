using Fabric.Tests.Blueprints;
using Fabric.Web.ConsoleView.Blueprints;
using Fabric.Web.Live;
using Fabric.Web.Runtime.Desk;
using Fabric.Workflows.Blueprints;

namespace Fabric.Tests.Pages.Console;

public sealed class DiffDrawingTests
{
    private const string Net = "network: { entity: network@1 }\n";

    private static IReadOnlyList<GraphNode> Nodes(CompiledBlueprint blueprint) => [.. blueprint.Nodes.Select(node => ViewBuilder.Node(blueprint, node, null, null, node.NoOp))];

    private static DiffDrawing Between(string before, string after, string layout = "")
    {
        var (a, b) = (Sample.Compiled(Sample.Nodes(before)), Sample.Compiled(Sample.Nodes(after) + layout));
        return DiffDrawing.Of(Nodes(a), Nodes(b), BlueprintDiff.Compare(a, b));
    }

    [Fact]
    public void Nodes_and_edges_of_both_are_there_with_what_became_of_them()
    {
        var drawing = Between(
            Net + "old: { entity: network@1, after: [network] }\napp: { entity: app@1, after: [old], config: { network: \"${network.id}\" } }",
            Net + "fresh: { entity: network@1 }\napp: { entity: app@1, after: [fresh], config: { network: \"${network.id}\", size: 5 } }");

        Assert.Equal(["app DiffChanged", "fresh DiffAdded", "network DiffSame", "old DiffRemoved"], drawing.Nodes.Select(node => $"{node.Name} {drawing.Paints[node.Name].State}").Order());
        Assert.Equal(["fresh", "network", "old"], drawing.Nodes.Single(node => node.Name == "app").DependsOn.Order());
        Assert.Equal(("added", "removed", null), (drawing.Edges.Of("app")!["fresh"], drawing.Edges.Of("app")!["old"], drawing.Edges.Of("app")!.GetValueOrDefault("network")));
        Assert.Equal("removed", drawing.Edges.Of("old")!["network"]);
    }

    [Fact]
    public void A_renamed_node_keeps_its_edges_and_says_what_it_was()
    {
        var drawing = Between(
            Net + "app: { entity: app@1, config: { network: \"${network.id}\" } }\nlast: { entity: network@1, after: [app] }",
            Net + "web: { entity: app@1, was: app, config: { network: \"${network.id}\" } }\nlast: { entity: network@1, after: [web] }");

        Assert.Equal(("DiffChanged", "was app"), (drawing.Paints["web"].State, drawing.Paints["web"].Line));
        Assert.Null(drawing.Edges.Of("web"));
        Assert.Null(drawing.Edges.Of("last"));
    }

    [Fact]
    public void All_are_laid_out_anew_where_something_new_stands_on_what_is_gone()
    {
        var (a, b) = (Sample.Compiled(Sample.Nodes("old: { entity: network@1 }") + "  layout: { old: [0, 0] }\n"), Sample.Compiled(Sample.Nodes("fresh: { entity: network@1 }") + "  layout: { fresh: [10, 10] }\n"));

        Assert.All(DiffDrawing.Of(Nodes(a), Nodes(b), BlueprintDiff.Compare(a, b)).Nodes, node => Assert.Null(node.X));
    }
}
