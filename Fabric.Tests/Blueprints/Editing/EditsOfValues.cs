using System.Text.Json.Nodes;
using Fabric.Workflows.Blueprints.Editing;

namespace Fabric.Tests.Blueprints.Editing;

public sealed class EditsOfValues
{
    private const string Derived = "metadata: { name: mine }\nspec:\n  extends: sample # ours\n";

    [Fact]
    public void A_no_op_of_an_inherited_node_is_listed_and_taken_off_the_list()
    {
        var flagged = SampleDrafts.Of(Derived, ("sample", SampleDrafts.Two)).After(new SetNoOp("net", true)).After(new SetNoOp("web", true));
        Assert.Equal(Derived + "  noop: [net, web]\n", flagged.Text.Text);
        Assert.Equal(Derived, flagged.After(new SetNoOp("web", false)).After(new SetNoOp("net", false)).Text.Text);
    }

    [Fact]
    public void A_no_op_of_an_own_node_is_a_field_of_it()
    {
        var flagged = SampleDrafts.Of(SampleDrafts.Two).After(new SetNoOp("web", true));
        Assert.Equal(["+      noop: true"], SampleDrafts.Changes(SampleDrafts.Two, flagged.Text.Text));
        Assert.True(CanvasModel.Of(flagged).Nodes.Single(node => node.Name == "web").NoOp);
        Assert.Equal(SampleDrafts.Two, flagged.After(new SetNoOp("web", false)).Text.Text);
    }

    [Fact]
    public void A_no_op_of_the_base_is_taken_away_there() => Assert.Equal(
        "'net' is no-op in the blueprint this one extends; take the flag away there.",
        SampleDrafts.Of(Derived, ("sample", SampleDrafts.Two + "  noop: [net]\n")).Refused(new SetNoOp("net", false)));

    [Fact]
    public void An_inherited_value_gets_an_override_that_can_be_cleared()
    {
        var changed = SampleDrafts.Of(Derived, ("sample", SampleDrafts.Two)).After(new SetValue("web", "size", 5));
        Assert.Equal(Derived + "  nodes:\n    web:\n      config:\n        size: 5\n", changed.Text.Text);
        Assert.False(CanvasModel.Of(changed).Nodes.Single(node => node.Name == "web").Inherited);
        Assert.Equal(Derived, changed.After(new ClearValue("web", "size")).Text.Text);
    }

    [Fact]
    public void Title_and_parameters_belong_to_the_blueprint() => Assert.Equal(
        ["-metadata: { name: sample }", "+metadata: { name: sample, title: \"A sample\" }"],
        SampleDrafts.Changes(SampleDrafts.Two, SampleDrafts.Of(SampleDrafts.Two).After(new SetBlueprint(["metadata", "title"], "A sample")).Text.Text));

    [Fact]
    public void Parameters_that_are_added_while_there_are_none_yet_stand_beside_each_other()
    {
        var both = SampleDrafts.Of(SampleDrafts.Two).After(new AddParameter("size", "integer")).After(new AddParameter("name", "string"));
        Assert.Equal("""{"type":"object","properties":{"size":{"type":"integer"},"name":{"type":"string"}}}""", both.Text.Json["spec"]!["parameters"]!.ToJsonString());
        var bare = SampleDrafts.Of(SampleDrafts.Two).After(new SetBlueprint(["spec", "parameters"], new JsonObject { ["type"] = "object" })).After(new AddParameter("size", "integer"));
        Assert.Equal("""{"type":"object","properties":{"size":{"type":"integer"}}}""", bare.Text.Json["spec"]!["parameters"]!.ToJsonString());
    }
}
