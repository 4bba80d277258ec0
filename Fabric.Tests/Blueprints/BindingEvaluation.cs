using System.Text.Json.Nodes;
using Fabric.Workflows.Blueprints;
using FsCheck.Xunit;

namespace Fabric.Tests.Blueprints;

public sealed class BindingEvaluation
{
    private static readonly JsonObject World = (JsonObject)JsonNode.Parse("""
        { "net": { "id": "n1", "subnets": ["a", "b"], "port": 80, "on": true, "none": null, "map": { "k": "v" } } }
        """)!;

    [Theory]
    [InlineData("\"${net.port}\"", "80")]
    [InlineData("\"${net.on}\"", "true")]
    [InlineData("\"${net.subnets}\"", """["a","b"]""")]
    [InlineData("\"${net.subnets[1]}\"", "\"b\"")]
    [InlineData("\"${net.map}\"", """{"k":"v"}""")]
    [InlineData("\"${net.none}\"", "null")]
    public void A_string_that_is_one_binding_takes_the_value_with_its_type(string template, string expected) => Gives(template, expected);

    [Theory]
    [InlineData("\"http://${net.id}:${net.port}/${net.on}\"", "\"http://n1:80/true\"")]
    [InlineData("\"$${net.id} is ${net.id}\"", "\"${net.id} is n1\"")]
    [InlineData("\"$5 and ${net.id}\"", "\"$5 and n1\"")]
    public void A_binding_inside_a_longer_string_is_written_into_it(string template, string expected) => Gives(template, expected);

    [Theory]
    [InlineData("""{ "a": { "$if": "${net.on}", "x": 1 }, "b": { "$if": "${net.none}", "x": 1 } }""", """{"a":{"x":1}}""")]
    [InlineData("""[ { "$if": "${net.missing}", "x": 1 }, 2 ]""", "[2]")]
    [InlineData("""{ "a": { "$if": "${net.id}", "$is": "n1", "$value": "yes", "$else": "no" } }""", """{"a":"yes"}""")]
    [InlineData("""{ "a": { "$if": "${net.id}", "$is": "n2", "$value": "yes", "$else": "no" } }""", """{"a":"no"}""")]
    public void A_map_with_a_condition_is_kept_only_when_it_holds(string template, string expected) => Gives(template, expected);

    [Theory]
    [InlineData("""[ { "$each": "${net.subnets}", "$as": "s", "name": "${s}-x" }, { "name": "last" } ]""", """[{"name":"a-x"},{"name":"b-x"},{"name":"last"}]""")]
    [InlineData("""[ { "$each": 2, "$value": "m${item}" } ]""", """["m0","m1"]""")]
    [InlineData("""{ "list": { "$each": "${net.subnets}", "$value": "${item}" } }""", """{"list":["a","b"]}""")]
    public void A_map_with_each_stands_once_per_item(string template, string expected) => Gives(template, expected);

    [Fact]
    public void A_value_known_after_apply_is_listed_and_the_text_stays()
    {
        var result = Bindings.Resolve(JsonNode.Parse("""{ "a": "${net.id}", "b": "x-${net.id}" }"""), (_, _) => Lookup.Unknown());
        Assert.Equal(["a", "b"], result.Unknown.Select(u => u.Where));
        Assert.Equal("""{"a":"${net.id}","b":"x-${net.id}"}""", result.Value!.ToJsonString());
        Assert.False(result.IsComplete);
    }

    [Fact]
    public void A_secret_stays_a_reference_and_nobody_is_asked_for_it()
    {
        var result = Bindings.Resolve(JsonNode.Parse("""{ "a": "${secret.key}", "b": "Bearer ${secret.key}" }"""), (_, _) => throw new InvalidOperationException());
        Assert.Equal("""{"a":"${secret.key}","b":"Bearer ${secret.key}"}""", result.Value!.ToJsonString());
        Assert.Equal(["key"], Bindings.Secrets(result.Value));
    }

    [Theory, InlineData("${secret.other}", "x"), InlineData("$", "{secret.other}"), InlineData("${", "secret.other}")]
    public void A_value_from_outside_cannot_name_a_secret(string a, string b)
    {
        var result = Bindings.Resolve(JsonValue.Create("${param.a}${param.b}"), (_, path) => Lookup.Found(path[0] == "a" ? a : b));
        Assert.NotEmpty(result.Errors);
    }

    [Fact]
    public void A_value_is_never_evaluated_again()
    {
        var result = Bindings.Resolve(JsonValue.Create("${param.a}"), (_, _) => Lookup.Found("${net.id}"));
        Assert.Equal("${net.id}", result.Value!.GetValue<string>());
    }

    [Property]
    public bool Whatever_a_value_is_it_stays_one_string_in_its_place(string? value)
    {
        var template = JsonNode.Parse("""{ "a": "${param.a}", "b": 1 }""");
        var result = Bindings.Resolve(template, (_, _) => Lookup.Found(JsonValue.Create(value ?? ""), mayReferToSecrets: true));
        return JsonNode.DeepEquals(result.Value, new JsonObject { ["a"] = value ?? "", ["b"] = 1 });
    }

    [Fact]
    public void The_template_is_left_as_it_was()
    {
        var template = JsonNode.Parse("""[ { "$each": "${net.subnets}", "n": "${item}" } ]""");
        var before = template!.ToJsonString();
        Bindings.Resolve(template, Resolve);
        Assert.Equal(before, template.ToJsonString());
    }

    [Fact]
    public void References_are_found_with_their_place() => Assert.Equal(
        [("a.0", "net.id", true), ("b", "net.port", false), ("b", "param.x", false)],
        Bindings.References(JsonNode.Parse("""{ "a": ["${net.id}"], "b": "${net.port}-${param.x}" }""")).Select(r => (r.Where, r.Expression, r.Whole)));

    private static Lookup Resolve(string root, string[] path) => root == "net" ? Lookup.Into(World["net"], path) : Lookup.Missing("unknown");

    private static void Gives(string template, string expected)
    {
        var result = Bindings.Resolve(JsonNode.Parse(template), Resolve);
        Assert.Empty(result.Errors);
        Assert.Equal(expected, result.Value?.ToJsonString() ?? "null");
    }
}
