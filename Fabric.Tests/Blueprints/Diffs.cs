using Fabric.Workflows.Blueprints;

namespace Fabric.Tests.Blueprints;

public sealed class Diffs
{
    private static readonly CompiledBlueprint Before = Sample.Compiled(Sample.Nodes("""
        network: { entity: network@1 }
        app: { entity: app@1.0, config: { network: "${network.id}", size: 3 } }
        """));

    [Fact]
    public void Nothing_changed_is_an_empty_diff() => Assert.True(BlueprintDiff.Compare(Before, Before).IsEmpty);

    [Fact]
    public void A_place_on_the_canvas_is_no_difference_and_no_other_hash()
    {
        var moved = Sample.Compiled(Sample.Nodes("""
            network: { entity: network@1 }
            app: { entity: app@1.0, config: { network: "${network.id}", size: 3 } }
            """) + "  layout: { app: [1, 2] }\n");
        Assert.True(BlueprintDiff.Compare(Before, moved).IsEmpty);
        Assert.Equal(Before.Hash, moved.Hash);
    }

    [Fact]
    public void A_changed_setting_is_shown_with_both_values()
    {
        var change = Assert.Single(Compare("network: { entity: network@1 }\napp: { entity: app@1.0, config: { network: \"${network.id}\", size: 5 } }").Changed);
        var field = Assert.Single(change.Fields);
        Assert.Equal(("app", "config.size", "3", "5"), (change.Node, field.Path, field.From!.ToJsonString(), field.To!.ToJsonString()));
    }

    [Fact]
    public void Another_version_of_a_type_is_shown() => Assert.Equal(["type.hash", "type.version"], Assert.Single(
        Compare("network: { entity: network@1 }\napp: { entity: app@1.1, config: { network: \"${network.id}\", size: 3 } }").Changed).Fields.Select(f => f.Path));

    [Fact]
    public void Added_and_removed_nodes_are_named()
    {
        var diff = Compare("network: { entity: network@1 }\nnew: { entity: network@1 }");
        Assert.Equal(("new", "app"), (Assert.Single(diff.Added), Assert.Single(diff.Removed)));
    }

    [Fact]
    public void A_renamed_node_is_a_change_and_not_a_removal()
    {
        var diff = Compare("network: { entity: network@1 }\nweb: { entity: app@1.0, was: app, config: { network: \"${network.id}\", size: 3 } }");
        Assert.Empty(diff.Added.Concat(diff.Removed));
        Assert.Equal(("web", "app"), (diff.Changed[0].Node, diff.Changed[0].Was));
    }

    private static BlueprintDiff Compare(string nodes) => BlueprintDiff.Compare(Before, Sample.Compiled(Sample.Nodes(nodes)));
}
