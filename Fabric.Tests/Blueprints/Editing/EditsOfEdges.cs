using Fabric.Workflows.Blueprints.Editing;

namespace Fabric.Tests.Blueprints.Editing;

public sealed class EditsOfEdges
{
    private const string Loose = "spec:\n  nodes:\n    net: { entity: network@1 }\n    web: { entity: app@1 }\n    ask: { gate: approval, by: customer }\n";

    [Fact]
    public void An_output_dragged_to_an_input_writes_the_binding() => Assert.Equal(
        Loose.Replace("web: { entity: app@1 }", "web: { entity: app@1, config: { network: \"${net.id}\" } }", StringComparison.Ordinal),
        SampleDrafts.Of(Loose).After(new Connect("net", "id", "web", "network")).Text.Text);

    [Fact]
    public void An_item_dragged_to_a_list_joins_it_once()
    {
        var draft = SampleDrafts.Of(Loose).After(new Connect("net", "port", "web", "ports"));
        Assert.Contains("ports: [\"${net.port}\"]", draft.Text.Text, StringComparison.Ordinal);
        Assert.Equal(draft.Text.Text, draft.After(new Connect("net", "port", "web", "ports")).Text.Text);
    }

    [Fact]
    public void An_edge_without_ports_is_a_bare_one() => Assert.Equal(
        Loose.Replace("by: customer }", "by: customer, after: [net, web] }", StringComparison.Ordinal),
        SampleDrafts.Of(Loose).After(new Connect("net", null, "ask", null)).After(new Connect("web", null, "ask", null)).Text.Text);

    [Fact]
    public void A_circle_is_refused_and_printed()
    {
        var draft = SampleDrafts.Of(Loose).After(new Connect("net", "id", "web", "network")).After(new Connect("web", null, "ask", null));
        Assert.Equal("The nodes would wait for each other in a circle: net -> web -> ask -> net.", draft.Refused(new Connect("ask", null, "net", null)));
    }

    [Fact]
    public void What_does_not_fit_is_refused_in_words()
    {
        Assert.Equal("net.subnets is a list, and text is needed.", SampleDrafts.Of(Loose).Refused(new Connect("net", "subnets", "web", "network")));
        Assert.Equal("network@1.0.0 has no output 'nothing'.", SampleDrafts.Of(Loose).Refused(new Connect("net", "nothing", "web", "network")));
    }

    [Fact]
    public void Inputs_light_up_by_type_and_never_where_a_circle_would_close()
    {
        Assert.Equal([("web", "network"), ("web", "mode")], Ports.FittingInputs(SampleDrafts.Of(Loose), "net", "id"));
        Assert.Equal([("web", "size"), ("web", "ports")], Ports.FittingInputs(SampleDrafts.Of(Loose), "net", "port"));
        Assert.Empty(Ports.FittingInputs(SampleDrafts.Of(Loose).After(new Connect("web", null, "net", null)), "net", "id"));
    }

    [Fact]
    public void Disconnecting_takes_bindings_and_bare_edge_away()
    {
        var draft = SampleDrafts.Of(Loose).After(new Connect("net", "id", "web", "network")).After(new Connect("net", "port", "web", "ports")).After(new Connect("net", null, "web", null));
        Assert.Equal(
            Loose.Replace("web: { entity: app@1 }", "web: { entity: app@1, config: {} }", StringComparison.Ordinal), draft.After(new Disconnect("net", "web")).Text.Text);
    }

    [Fact]
    public void A_binding_in_the_middle_of_a_text_is_left_for_a_person() => Assert.Equal(
        "'tags.a' of web has net in the middle of a text; change that text instead.",
        SampleDrafts.Of("spec:\n  nodes:\n    net: { entity: network@1 }\n    web: { entity: app@1, config: { tags: { a: \"x-${net.id}\" } } }\n").Refused(new Disconnect("net", "web")));
}
