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
}
