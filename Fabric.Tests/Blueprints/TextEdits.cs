using System.Text.Json.Nodes;
using Fabric.Workflows.Blueprints;

namespace Fabric.Tests.Blueprints;

public sealed class TextEdits
{
    [Fact]
    public void Editing_an_inherited_node_writes_an_override_into_the_derived_file()
    {
        var edited = Read("kind: Blueprint\nmetadata: { name: mine }\nspec:\n  extends: base # ours\n").SetConfig("pinot", "servers", 5);
        Assert.Equal("kind: Blueprint\nmetadata: { name: mine }\nspec:\n  extends: base # ours\n  nodes:\n    pinot:\n      config:\n        servers: 5\n", edited.Text!.Text);
    }

    [Fact]
    public void A_spec_on_one_line_takes_an_override_on_that_line() => Assert.Equal(
        "metadata: { name: mine }\nspec: { extends: base, noop: [network], nodes: { pinot: { config: { servers: 5 } } } }",
        Read("metadata: { name: mine }\nspec: { extends: base, noop: [network] }").SetConfig("pinot", "servers", 5).Text!.Text);

    [Fact]
    public void Removing_an_inherited_node_lists_it() => Assert.Equal(
        "spec:\n  extends: base\n  remove: [ask]\n", Read("spec:\n  extends: base\n").RemoveNode("ask").Text!.Text);

    [Fact]
    public void A_map_is_merged_so_that_comments_inside_it_survive() => Assert.Equal(
        "spec:\n  nodes:\n    a:\n      config:\n        tags:\n          x: 2 # why\n          z: 3\n",
        Read("spec:\n  nodes:\n    a:\n      config:\n        tags:\n          x: 1 # why\n          y: 1\n")
            .SetConfig("a", "tags", new JsonObject { ["x"] = 2, ["z"] = 3 }).Text!.Text);

    [Fact]
    public void Text_that_would_read_as_something_else_is_quoted() => Assert.Equal(
        "spec: { nodes: { a: { config: { v: \"1.30\", w: \"yes: no\", t: \"true\" } } } }",
        Read("spec: { nodes: { a: { config: { v: x } } } }").SetConfig("a", "v", "1.30").Text!.SetConfig("a", "w", "yes: no").Text!.SetConfig("a", "t", "true").Text!.Text);

    [Fact]
    public void A_block_of_text_can_be_replaced() => Assert.Equal(
        "spec:\n  nodes:\n    a:\n      config:\n        text: short\n\n    # next\n    b: { entity: app@1 }\n",
        Read("spec:\n  nodes:\n    a:\n      config:\n        text: |\n          one\n          two\n\n    # next\n    b: { entity: app@1 }\n").SetConfig("a", "text", "short").Text!.Text);

    [Fact]
    public void A_removed_node_takes_its_place_on_the_canvas_with_it() => Assert.Equal(
        "spec:\n  nodes:\n    a: { entity: app@1 }\n  # canvas\n  layout:\n    a: [1, 2]\n",
        Read("spec:\n  nodes:\n    a: { entity: app@1 }\n    b: { entity: app@1 } # gone\n  # canvas\n  layout:\n    a: [1, 2]\n    b: [3, 4]\n").RemoveNode("b").Text!.Text);

    [Fact]
    public void The_last_value_of_a_map_leaves_an_empty_map_and_its_comments() => Assert.Equal(
        "spec:\n  nodes:\n    a:\n      config: {}\n        # how big\n",
        Read("spec:\n  nodes:\n    a:\n      config:\n        # how big\n        size: 3\n").RemoveConfig("a", "size").Text!.Text);

    [Theory]
    [InlineData("Bad_Name", FaultCodes.BadSlug), InlineData("a", FaultCodes.DuplicateName), InlineData("param", FaultCodes.BadSlug)]
    public void A_node_needs_a_name_that_is_free(string name, string code) =>
        Assert.Equal(code, Assert.Single(Read("spec: { nodes: { a: { entity: app@1 } } }").AddNode(name, []).Faults).Code);

    [Fact]
    public void A_node_that_is_not_there_cannot_be_edited() => Assert.Equal(
        "There is no node 'b' to configure. Did you mean 'a'?", Assert.Single(Read("spec: { nodes: { a: { entity: app@1 } } }").SetConfig("b", "size", 1).Faults).Message);

    [Fact]
    public void Nodes_know_their_place()
    {
        var text = Read("spec:\n  nodes:\n    a: { entity: app@1 } # x\n    b:\n      gate: wait\n# end\n");
        Assert.Equal([("a", 3, 5), ("b", 4, 5)], text.Nodes.Select(n => (n.Name, n.Line, n.Column)));
        Assert.Equal(["a: { entity: app@1 }", "b:\n      gate: wait"], text.Nodes.Select(n => text.Text[n.Start..n.End]));
    }

    private static BlueprintText Read(string text)
    {
        var result = BlueprintText.Parse(text);
        Assert.Empty(result.Faults);
        return result.Text!;
    }
}
