using System.Text.Json.Nodes;
using Fabric.Workflows.Blueprints.Editing;

namespace Fabric.Tests.Blueprints.Editing;

public sealed class EditsOfNodes
{
    [Fact]
    public void A_node_is_added_with_its_place_and_nothing_else_moves()
    {
        var after = SampleDrafts.Of(SampleDrafts.Two).After(new AddNode("api", new JsonObject { ["entity"] = "app@1" }, 300, 160));
        Assert.Equal(["+    api:", "+    api: [300, 160]"], SampleDrafts.Changes(SampleDrafts.Two, after.Text.Text));
    }

    [Fact]
    public void What_waited_for_a_removed_node_waits_for_what_that_one_waited_for()
    {
        const string chain = "spec:\n  nodes:\n    a: { entity: network@1 }\n    b: { gate: approval, by: customer, after: [a] }\n    c: { gate: wait, duration: 1m, after: [b] }\n    d: { gate: wait, duration: 1m, after: [c, a] }\n";
        var after = SampleDrafts.Of(chain).After(new RemoveNodes(["b", "c"]));
        Assert.Equal("spec:\n  nodes:\n    a: { entity: network@1 }\n    d: { gate: wait, duration: 1m, after: [a] }\n", after.Text.Text);
    }

    [Fact]
    public void A_binding_to_a_removed_node_stays_and_is_listed_as_a_problem()
    {
        var after = SampleDrafts.Of(SampleDrafts.Two).After(new RemoveNodes(["net"]));
        Assert.DoesNotContain("net: [0, 0]", after.Text.Text, StringComparison.Ordinal);
        Assert.Contains(after.Compile().Faults, fault => fault is { Node: "web", Field: "network" });
    }

    [Fact]
    public void Removing_every_node_that_was_flagged_removes_the_list() => Assert.Equal(
        "spec:\n  nodes:\n    b: { entity: network@1 }\n",
        SampleDrafts.Of("spec:\n  nodes:\n    a: { entity: network@1 }\n    b: { entity: network@1 }\n  noop: [a]\n").After(new RemoveNodes(["a"])).Text.Text);

    [Fact]
    public void A_rename_reaches_bindings_lists_and_the_canvas_and_keeps_comments()
    {
        var after = SampleDrafts.Of(SampleDrafts.Two).After(new RenameNode("net", "network-1"));
        Assert.Equal(SampleDrafts.Two.Replace("net:", "network-1:", StringComparison.Ordinal).Replace("${net.id}", "${network-1.id}", StringComparison.Ordinal), after.Text.Text);
        Assert.Empty(after.Compile().Faults);
    }

    [Fact]
    public void A_rename_leaves_what_only_looks_like_the_name()
    {
        const string text = "spec:\n  nodes:\n    net: { entity: network@1 }\n    nets: { entity: app@1, config: { network: \"${net.id}\", tags: { net: net, a: \"$${net.id} ${nets}\" } } }\n";
        Assert.Equal(
            "spec:\n  nodes:\n    n: { entity: network@1 }\n    nets: { entity: app@1, config: { network: \"${n.id}\", tags: { net: net, a: \"$${net.id} ${nets}\" } } }\n",
            SampleDrafts.Of(text).After(new RenameNode("net", "n")).Text.Text);
    }

    [Fact]
    public void A_name_that_is_taken_or_inherited_is_refused()
    {
        Assert.Equal("There is a node 'web' already; choose another name.", SampleDrafts.Of(SampleDrafts.Two).Refused(new RenameNode("net", "web")));
        Assert.Equal(
            "'net' is inherited; it keeps the name that its base gave it.",
            SampleDrafts.Of("metadata: { name: mine }\nspec: { extends: sample }\n", ("sample", SampleDrafts.Two)).Refused(new RenameNode("net", "n")));
    }

    [Fact]
    public void Moving_touches_the_lines_of_the_moved_nodes_alone() => Assert.Equal(
        ["-    web: [300, 0]", "+    web: [320, 81]"],
        SampleDrafts.Changes(SampleDrafts.Two, SampleDrafts.Of(SampleDrafts.Two).After(new MoveNodes(new Dictionary<string, (double, double)> { ["web"] = (320.2, 80.7), ["gone"] = (1, 1) })).Text.Text));

    [Fact]
    public void Copied_nodes_get_free_names_and_keep_the_bindings_among_them()
    {
        var draft = SampleDrafts.Of(SampleDrafts.Two);
        var after = draft.After(new Paste(Clipboard.Copy(draft, ["net", "web"]), 40, 40));
        Assert.Empty(after.Compile().Faults);
        Assert.Equal(
            [
                "+    net-2:", "+      entity: network@1", "+        cidr: \"10.1.0.0/16\"",
                "+    web-2:", "+        network: \"${net-2.id}\"",
                "+    net-2: [40, 40]", "+    web-2: [340, 40]",
            ],
            SampleDrafts.Changes(SampleDrafts.Two, after.Text.Text));
    }

    [Theory]
    [InlineData("hello"), InlineData("nodes: []"), InlineData("nodes: { a: 3 }"), InlineData("a: [")]
    public void What_is_no_clipboard_of_nodes_is_refused(string text) => Assert.NotEmpty(new Paste(text, 0, 0).Apply(SampleDrafts.Of(SampleDrafts.Two)).Faults);
}
