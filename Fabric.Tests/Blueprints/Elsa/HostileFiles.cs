using System.Text;
using System.Text.Json.Nodes;
using Fabric.Workflows.Blueprints.Elsa;

namespace Fabric.Tests.Blueprints.Elsa;

/// <summary>A file that is broken or means harm is refused with what is wrong and where.</summary>
public sealed class HostileFiles
{
    private const string A = """{ "id": "a", "type": "Fabric.Network" }""";
    private const string B = """{ "id": "b", "type": "Fabric.Network" }""";
    private const string C = """{ "id": "c", "type": "Fabric.Network" }""";

    [Theory]
    [InlineData("", "NotJson", "$")]
    [InlineData("{ \"root\": ", "NotJson", "$")]
    [InlineData("{ \"root\": {}, \"root\": {} }", "NotJson", "$")]
    [InlineData("[]", "WrongShape", "$")]
    [InlineData("null", "WrongShape", "$")]
    [InlineData("{}", "MissingRoot", "$")]
    [InlineData("{ \"activities\": [] }", "MissingRoot", "$")]
    [InlineData("{ \"root\": null }", "MissingRoot", "$")]
    [InlineData("{ \"root\": 5 }", "WrongShape", "$.root")]
    [InlineData("{ \"root\": {} }", "WrongRoot", "$.root.type")]
    [InlineData("{ \"root\": { \"type\": \"Elsa.WriteLine\" } }", "WrongRoot", "$.root.type")]
    [InlineData("{ \"root\": { \"type\": \"Elsa.Flowchart\" } }", "NoActivities", "$.root.activities")]
    [InlineData("{ \"root\": { \"type\": \"Elsa.Flowchart\", \"activities\": [] } }", "NoActivities", "$.root.activities")]
    [InlineData("{ \"root\": { \"type\": \"Elsa.Flowchart\", \"activities\": 7 } }", "WrongShape", "$.root.activities")]
    [InlineData("{ \"root\": { \"type\": \"Elsa.Flowchart\", \"activities\": [{ \"id\": \"s\", \"type\": \"Elsa.Start\" }] } }", "NoActivities", "$.root.activities")]
    [InlineData("{ \"root\": 1e99999999999 }", "NotJson", "$")]
    [InlineData("{ \"root\": -1e400 }", "NotJson", "$")]
    public void A_file_that_is_no_workflow_is_told_why(string json, string code, string path) => Assert.Equal(path, Workflows.Refused(json, code).Path);

    [Theory]
    [InlineData("7", "WrongShape")]
    [InlineData("{ \"id\": \"x\" }", "MissingType")]
    [InlineData("{ \"id\": \"x\", \"type\": 5 }", "MissingType")]
    [InlineData(A, "DuplicateId")]
    public void An_activity_that_is_none_is_named(string activity, string code) =>
        Assert.Equal("$.root.activities[1]", Workflows.Refused(Workflows.Flowchart($"[{A}, {activity}]"), code).Path);

    [Theory]
    [InlineData("""{ "source": "a", "target": "x" }""", "MissingActivity", "$.root.connections[0].target", "'x'")]
    [InlineData("""{ "source": { "activity": "y" }, "target": "a" }""", "MissingActivity", "$.root.connections[0].source", "'y'")]
    [InlineData("""{ "source": "a" }""", "WrongShape", "$.root.connections[0]", "'target'")]
    [InlineData("""{ "source": { "port": "Done" }, "target": "b" }""", "WrongShape", "$.root.connections[0]", "'source'")]
    [InlineData("3", "WrongShape", "$.root.connections[0]", "'source'")]
    [InlineData("""{ "source": "a", "target": "a" }""", "SelfLoop", "$.root.connections[0]", "'a'")]
    public void A_connection_that_leads_nowhere_is_named(string connection, string code, string path, string word)
    {
        var finding = Workflows.Refused(Workflows.Flowchart($"[{A}, {B}]", $"[{connection}]"), code);
        Assert.Equal(path, finding.Path);
        Assert.Contains(word, finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_circle_is_printed_as_a_path()
    {
        var finding = Workflows.Refused(
            Workflows.Flowchart($"[{A}, {B}, {C}]", """[{ "source": "a", "target": "b" }, { "source": "b", "target": "c" }, { "source": "c", "target": "a" }]"""), "Cycle");
        Assert.Contains("a -> b -> c -> a", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_roots_a_second_connection_and_an_unknown_port_are_noticed_and_imported()
    {
        var result = Workflows.Import(Workflows.Flowchart($"[{A}, {B}, {C}]", """[{ "source": "a", "target": "c" }, { "source": "a", "target": "c" }, { "source": "b", "target": "c", "sourcePort": "True", "targetPort": "Out" }]"""));
        Assert.NotNull(result.Text);
        Assert.Equal(["DuplicateConnection", "UnknownPort", "UnknownPort", "SeveralRoots"], result.Findings.Select(finding => finding.Code));
    }

    [Fact]
    public void What_the_start_does_not_lead_to_is_noticed()
    {
        var result = Workflows.Import(Workflows.Flowchart($$"""[{ "id": "s", "type": "Elsa.Start" }, {{A}}, {{B}}]""", """[{ "source": "s", "target": "a" }]"""));
        Assert.Equal(("NotReached", "b"), (Assert.Single(result.Findings).Code, result.Findings[0].Activity));
    }

    [Theory]
    [InlineData("""{ "typeName": "String" }""")]
    [InlineData("""{ "expression": "text" }""")]
    [InlineData("""{ "expression": { "type": "Object", "value": "{ no json" } }""")]
    public void An_input_of_the_wrong_shape_is_named(string input) => Assert.Equal(
        "$.root.activities[0].cidr", Workflows.Refused(Workflows.Flowchart($$"""[{ "id": "a", "type": "Fabric.Network", "cidr": {{input}} }]"""), "WrongShape").Path);

    [Fact]
    public void Ids_that_are_no_names_get_names_that_are_free()
    {
        var result = Workflows.Import(Workflows.Flowchart("""[{ "id": "My Net", "type": "Fabric.Network" }, { "id": "my-net", "type": "Fabric.Network" }, { "id": "param", "type": "Fabric.Network" }, { "id": "7", "type": "Fabric.Network" }]"""));
        Assert.Equal(["my-net-2", "my-net", "param-2", "activity-7"], Drafted(result.Text!));
    }

    [Fact]
    public void Everything_wrong_is_said_at_once()
    {
        var result = Workflows.Import(Workflows.Flowchart($$"""[{{A}}, {{A}}, { "id": "x" }]""", """[{ "source": "a", "target": "a" }, { "source": "a", "target": "z" }]"""));
        Assert.Null(result.Text);
        Assert.Equal(["DuplicateId", "MissingType", "SelfLoop", "MissingActivity"], result.Findings.Select(finding => finding.Code));
    }

    [Fact]
    public void A_file_of_fifty_megabytes_is_refused_by_its_length() => Assert.Equal(
        ElsaFindingCodes.TooLarge, Assert.Single(ElsaImport.Read(new byte[50 * 1024 * 1024], "sample", Sample.Catalog, _ => null).Findings).Code);

    [Theory]
    [InlineData(65)]
    [InlineData(2_000_000)]
    public void Deep_nesting_is_refused_before_anything_is_built_of_it(int depth) =>
        Assert.Equal(ElsaFindingCodes.TooLarge, Assert.Single(ElsaImport.Read(Encoding.UTF8.GetBytes(new string('[', depth) + new string(']', depth)), "sample", Sample.Catalog, _ => null).Findings).Code);

    [Theory]
    [InlineData("\"\\ud800\"")]
    [InlineData("{ \"expression\": { \"type\": \"Object\", \"value\": \"[\\\"\\\\ud800\\\"]\" } }")]
    public void Half_a_character_is_no_text(string input) =>
        Assert.Contains(Workflows.Import(Workflows.Flowchart($$"""[{ "id": "a", "type": "Fabric.Network", "cidr": {{input}} }]""")).Findings, finding => finding.Fatal);

    [Fact]
    public void Bytes_that_are_no_text_are_refused() =>
        Assert.Equal("NotJson", Assert.Single(ElsaImport.Read(new byte[] { (byte)'{', (byte)'"', 0xff, (byte)'"', (byte)':', (byte)'1', (byte)'}' }, "sample", Sample.Catalog, _ => null).Findings).Code);

    [Fact]
    public void An_activity_with_more_properties_than_are_read_is_refused() => Workflows.Refused(
        Workflows.Flowchart($$"""[{ "id": "a", "type": "Fabric.Network", {{string.Join(',', Enumerable.Range(0, 1_001).Select(i => $"\"k{i}\": {i}"))}} }]"""), "TooLarge");

    [Fact]
    public void A_value_that_nests_deeper_than_a_text_may_is_refused()
    {
        var deep = new string('[', 60) + new string(']', 60);
        Workflows.Refused(Workflows.Flowchart($$"""[{ "id": "a", "type": "Fabric.Network", "cidr": { "expression": { "type": "Object", "value": "{{deep}}" } } }]"""), "TooLarge");
    }

    [Fact]
    public void More_activities_or_connections_than_are_read_are_counted()
    {
        var many = string.Join(',', Enumerable.Range(0, 2_001).Select(i => $$"""{ "id": "n{{i}}", "type": "Fabric.Network" }"""));
        Assert.Contains("2001", Workflows.Refused(Workflows.Flowchart($"[{many}]"), "TooLarge").Message, StringComparison.Ordinal);
        var edges = string.Join(',', Enumerable.Repeat("""{ "source": "a", "target": "b" }""", 10_001));
        Assert.Contains("10001", Workflows.Refused(Workflows.Flowchart($"[{A}, {B}]", $"[{edges}]"), "TooLarge").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_of_findings_stays_short_enough_to_read()
    {
        var edges = string.Join(',', Enumerable.Range(0, 5_000).Select(i => $$"""{ "source": "a", "target": "x{{i}}" }"""));
        var findings = Workflows.Import(Workflows.Flowchart($"[{A}]", $"[{edges}]")).Findings;
        Assert.Equal(101, findings.Count);
        Assert.Equal(ElsaFindingCodes.MoreFindings, findings[^1].Code);
    }

    [Fact]
    public void The_largest_workflow_is_read()
    {
        var nodes = string.Join(',', Enumerable.Range(0, 2_000).Select(i => $$"""{ "id": "n{{i}}", "type": "Fabric.Network" }"""));
        var edges = string.Join(',', Enumerable.Range(0, 10_000).Select(i => $$"""{ "source": "n{{i % 1_900}}", "target": "n{{(i % 1_900) + 1 + (i / 1_900)}}" }"""));
        Assert.Equal(2_000, Drafted(Workflows.Import(Workflows.Flowchart($"[{nodes}]", $"[{edges}]")).Text!).Count());
    }

    [Theory]
    [InlineData("    net:", "    evil: { entity: network@1 }\n    net:", "evil")]
    [InlineData("10.1.0.0/16", "10.9.0.0/16", "net")]
    [InlineData("after: [ask]", "after: [net]", "web")]
    [InlineData("    ask: { gate: approval, by: customer, after: [net] }\n", "", "ask")]
    public void A_text_that_was_exchanged_behind_the_drawing_is_refused(string was, string now, string node)
    {
        var definition = Workflows.Export(Workflows.Two);
        definition["customProperties"]!["fabric"]!["yaml"] = Workflows.Two.Replace(was, now, StringComparison.Ordinal);
        Assert.Equal(node, Workflows.Refused(definition.ToJsonString(), "EmbeddedText").Activity);
    }

    [Theory]
    [InlineData("- no: [blueprint")]
    [InlineData("a: &x 1\nb: *x\n")]
    [InlineData("just a text")]
    public void A_text_that_is_none_is_refused(string yaml)
    {
        var definition = Workflows.Export(Workflows.Two);
        definition["customProperties"]!["fabric"]!["yaml"] = yaml;
        var result = Workflows.Import(definition);
        Assert.Null(result.Text);
        Assert.All(result.Findings, finding => Assert.Equal("EmbeddedText", finding.Code));
    }

    [Fact]
    public void A_node_that_became_another_kind_is_refused()
    {
        var definition = Workflows.Export(Workflows.Two);
        definition.Activity("ask")["type"] = "Elsa.WriteLine";
        Assert.Equal("ask", Workflows.Refused(definition.ToJsonString(), "TypeChanged").Activity);
    }

    [Fact]
    public void Data_of_the_wrong_kind_anywhere_is_no_exception()
    {
        var definition = Workflows.Export(Workflows.Two);
        foreach (var place in Places(definition).ToList())
        {
            foreach (var value in new JsonNode?[] { null, 5, "x", new JsonArray(1), new JsonObject { ["a"] = 1 } })
            {
                var copy = (JsonObject)definition.DeepClone();
                Set(copy, place, value?.DeepClone());
                var result = Workflows.Import(copy);
                Assert.True(result.Text is not null || result.Findings.Any(finding => finding.Fatal), string.Join('.', place));
            }
        }
    }

    private static IEnumerable<string> Drafted(string text) => Editing.SampleDrafts.Parsed(text).Nodes.Select(node => node.Name);

    private static IEnumerable<string[]> Places(JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(pair => Places(pair.Value).Select(rest => (string[])[pair.Key, .. rest]).Prepend([pair.Key])),
        JsonArray list => list.SelectMany((item, i) => Places(item).Select(rest => (string[])[$"{i}", .. rest]).Prepend([$"{i}"])),
        _ => [],
    };

    private static void Set(JsonNode root, string[] place, JsonNode? value)
    {
        var at = root;
        foreach (var segment in place[..^1])
            at = at is JsonArray list ? list[int.Parse(segment, System.Globalization.CultureInfo.InvariantCulture)]! : at![segment]!;
        if (at is JsonArray items)
            items[int.Parse(place[^1], System.Globalization.CultureInfo.InvariantCulture)] = value;
        else
            at![place[^1]] = value;
    }
}
