using System.Text.Json.Nodes;
using Fabric.Tests.Blueprints.Editing;
using Fabric.Workflows.Blueprints.Elsa;

namespace Fabric.Tests.Blueprints.Elsa;

/// <summary>What was changed in Elsa is changed in the text, and nothing else.</summary>
public sealed class ChangesMadeInElsa
{
    private readonly JsonObject definition = Workflows.Export(Workflows.Two);

    [Fact]
    public void A_moved_node_touches_its_line_of_the_layout()
    {
        definition.Activity("ask")["metadata"]!["designer"]!["position"] = new JsonObject { ["x"] = 250.4, ["y"] = 30 };
        Changed("-    ask: [240, 0] # the yes", "+    ask: [250, 30] # the yes");
    }

    [Fact]
    public void A_changed_value_touches_its_line()
    {
        definition.Activity("web").SetInput("size", 5);
        Changed("-        size: 3", "+        size: 5");
    }

    [Fact]
    public void A_number_that_an_editor_gives_back_as_text_is_a_number()
    {
        definition.Activity("web").SetInput("size", "5");
        Changed("-        size: 3", "+        size: 5");
    }

    [Fact]
    public void A_changed_map_touches_the_lines_of_what_changed_in_it()
    {
        definition.Activity("web").SetInput("tags", """{ "team": "red" }""", "Object");
        Changed("-          team: blue # theirs", "+          team: red # theirs");
    }

    [Fact]
    public void A_new_input_becomes_a_value_and_one_that_is_gone_is_taken_out()
    {
        definition.Activity("web").Remove("size");
        definition.Activity("web")["mode"] = ElsaInput("fast");
        Changed("-        size: 3", "+        mode: fast");
    }

    [Fact]
    public void A_gates_own_fields_are_inputs_too()
    {
        definition.Activity("ask").SetInput("by", "vendor");
        Changed("-    ask: { gate: approval, by: customer, after: [net] }", "+    ask: { gate: approval, by: vendor, after: [net] }");
    }

    [Fact]
    public void A_new_text_on_a_node_is_its_title()
    {
        definition.Activity("ask")["metadata"]!["displayText"] = "Ask the customer";
        Changed("-    ask: { gate: approval, by: customer, after: [net] }", "+    ask: { gate: approval, by: customer, after: [net], title: \"Ask the customer\" }");
    }

    [Fact]
    public void A_renamed_workflow_has_another_title()
    {
        definition["name"] = "Three";
        Changed("-metadata: { name: sample, title: Two }", "+metadata: { name: sample, title: Three }");
    }

    [Fact]
    public void A_new_connection_is_a_bare_edge()
    {
        definition.Disconnect("ask", "web");
        Changed("-      after: [ask]");
        definition.Connect("ask", "web");
        Changed();
    }

    [Fact]
    public void A_connection_that_a_value_flows_along_is_said_to_stay()
    {
        definition.Disconnect("net", "web");
        var result = Workflows.Import(definition);
        Assert.Equal(Workflows.Two, result.Text);
        Assert.Equal(ElsaFindingCodes.StillBound, Assert.Single(result.Findings).Code);
    }

    [Fact]
    public void A_new_activity_is_a_node_behind_the_others()
    {
        definition["root"]!["activities"]!.AsArray().Add(new JsonObject
        {
            ["id"] = "more", ["type"] = "Fabric.App", ["network"] = ElsaInput("${net.id}"),
            ["metadata"] = new JsonObject { ["designer"] = new JsonObject { ["position"] = new JsonObject { ["x"] = 720, ["y"] = 0 } } },
        });
        definition.Connect("net", "more");
        definition.Connect("ask", "more");
        Changed("+    more:", "+        network: \"${net.id}\"", "+    more: [720, 0]");
    }

    [Fact]
    public void A_removed_activity_takes_its_lines_along()
    {
        var activities = definition["root"]!["activities"]!.AsArray();
        activities.Remove(definition.Activity("ask"));
        definition.Disconnect("net", "ask");
        definition.Disconnect("ask", "web");
        Changed("-    ask: { gate: approval, by: customer, after: [net] }", "-      after: [ask]", "-    ask: [240, 0] # the yes");
    }

    [Fact]
    public void Another_id_is_another_name_everywhere()
    {
        definition.Activity("net")["id"] = "lan";
        foreach (var (from, to) in new[] { ("net", "ask"), ("net", "web") })
        {
            definition.Disconnect(from, to);
            definition.Connect("lan", to);
        }

        definition.Disconnect("Start", "net");
        definition.Connect("Start", "lan");
        Assert.Equal(Workflows.Two.Replace("net:", "lan:", StringComparison.Ordinal).Replace("[net]", "[lan]", StringComparison.Ordinal).Replace("{net.", "{lan.", StringComparison.Ordinal), Workflows.Imported(definition));
    }

    [Fact]
    public void A_copy_of_a_node_is_a_new_node()
    {
        var copy = (JsonObject)definition.Activity("web").DeepClone();
        copy["id"] = "web2";
        definition["root"]!["activities"]!.AsArray().Add(copy);
        definition.Connect("net", "web2");
        var text = Workflows.Imported(definition);
        Assert.Contains("    web2:\n      entity: app@1.1.0\n      config:\n        network: \"${net.id}\"\n        size: 3\n        tags:\n          team: blue\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("web2:\n      entity: app@1.1.0\n      after", text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_activity_of_Elsa_put_among_them_becomes_a_gate_with_a_comment()
    {
        definition["root"]!["activities"]!.AsArray().Add(new JsonObject { ["id"] = "WriteLine1", ["type"] = "Elsa.WriteLine", ["name"] = "WriteLine1" });
        definition.Connect("web", "WriteLine1");
        var result = Workflows.Import(definition);
        Assert.Equal([ElsaFindingCodes.Renamed, ElsaFindingCodes.UnknownType], result.Findings.Select(finding => finding.Code));
        Assert.Equal(
            ["+    # Elsa: {\"id\":\"WriteLine1\",\"type\":\"Elsa.WriteLine\",\"name\":\"WriteLine1\"}", "+    write-line1:", "+      gate: action", "+      title: WriteLine1", "+      after: [web]"],
            SampleDrafts.Changes(Workflows.Two, result.Text!));
    }

    [Fact]
    public void A_comment_that_finds_no_place_is_said_to_be_lost()
    {
        const string Short = "kind: Blueprint\nmetadata: { name: sample }\nspec: { nodes: { a: { entity: network@1 } } }\n";
        var one = Workflows.Export(Short);
        one["root"]!["activities"]!.AsArray().Add(new JsonObject { ["id"] = "say", ["type"] = "Elsa.WriteLine" });
        one.Connect("a", "say");
        var result = Workflows.Import(one);
        Assert.Contains("say: { gate: action, title: Elsa.WriteLine, after: [a] }", result.Text, StringComparison.Ordinal);
        Assert.Equal([ElsaFindingCodes.UnknownType, ElsaFindingCodes.NotKept], result.Findings.Select(finding => finding.Code));
    }

    [Fact]
    public void Activities_that_lost_the_data_of_Fabric_are_known_by_their_ids()
    {
        foreach (var activity in definition["root"]!["activities"]!.AsArray())
            activity!.AsObject().Remove("customProperties");
        Changed();
        definition.Activity("web").SetInput("size", 7);
        Changed("-        size: 3", "+        size: 7");
    }

    [Fact]
    public void Three_hundred_moved_nodes_are_moved_in_one_import()
    {
        var nodes = string.Concat(Enumerable.Range(0, 300).Select(i => $"    n{i}: {{ entity: network@1, config: {{ cidr: 10.0.0.0/16 }} }} # number {i}\n"));
        var layout = string.Concat(Enumerable.Range(0, 300).Select(i => $"    n{i}: [{i}, 0]\n"));
        var text = $"kind: Blueprint\nmetadata: {{ name: sample }}\nspec:\n  nodes:\n{nodes}  layout:\n{layout}";
        var export = Workflows.Export(text);
        for (var i = 0; i < 300; i++)
            export.Activity($"n{i}")["metadata"]!["designer"]!["position"]!["y"] = 50;
        Assert.Equal(text.Replace(", 0]", ", 50]", StringComparison.Ordinal), Workflows.Imported(export));
    }

    [Fact]
    public void An_expression_in_another_language_leaves_the_value_and_is_named()
    {
        definition.Activity("web").SetInput("size", "getSize()", "JavaScript");
        var result = Workflows.Import(definition);
        Assert.Equal(Workflows.Two, result.Text);
        var finding = Assert.Single(result.Findings);
        Assert.Equal((ElsaFindingCodes.ExpressionNotKept, "web"), (finding.Code, finding.Activity));
        Assert.Contains("JavaScript", finding.Message, StringComparison.Ordinal);
    }

    private void Changed(params string[] lines) => Assert.Equal(lines, SampleDrafts.Changes(Workflows.Two, Workflows.Imported(definition)));

    private static JsonObject ElsaInput(string value) => new() { ["typeName"] = "String", ["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = value } };
}
