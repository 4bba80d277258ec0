using System.Text.Json.Nodes;
using Fabric.Workflows.Blueprints;
using Xunit;

namespace Fabric.Tests.Blueprints;

public sealed class BindingsTests
{
    [Theory]
    [InlineData("\"${v.number}\"", "3")]
    [InlineData("\"n=${v.number}\"", "\"n=3\"")]
    [InlineData("\"${v.list}\"", "[\"a\",\"b\"]")]
    [InlineData("\"$${v.number}\"", "\"${v.number}\"")]
    [InlineData("\"${secret.key}\"", "\"${secret.key}\"")]
    [InlineData("\"a ${secret.key} ${v.flag}\"", "\"a ${secret.key} true\"")]
    [InlineData("{\"a\":{\"$if\":\"${v.off}\",\"b\":1},\"c\":{\"$if\":\"${v.flag}\",\"b\":1}}", "{\"c\":{\"b\":1}}")]
    [InlineData("[0,{\"$each\":\"${v.list}\",\"as\":\"item\",\"do\":{\"n\":\"${item}\"}},9]", "[0,{\"n\":\"a\"},{\"n\":\"b\"},9]")]
    [InlineData("{\"l\":{\"$each\":\"${v.list}\",\"as\":\"item\",\"do\":\"x-${item}\"}}", "{\"l\":[\"x-a\",\"x-b\"]}")]
    [InlineData("\"${v.evil}\"", "\"}, \\u0022$if\\u0022: ${v.number}\"")]
    public void A_template_becomes_the_value_it_describes(string template, string expected)
    {
        var result = Bindings.Resolve(JsonNode.Parse(template), Values);

        Assert.Empty(result.Errors);
        Assert.Empty(result.Unknown);
        Assert.Equal(expected, result.Value?.ToJsonString());
    }

    [Fact]
    public void An_unknown_value_is_missing_and_its_path_is_told()
    {
        var result = Bindings.Resolve(JsonNode.Parse("""{"a":{"b":"x${later.id}","c":1},"d":["${later.id}",2]}"""), Values);

        Assert.Equal("""{"a":{"c":1},"d":[null,2]}""", result.Value?.ToJsonString());
        Assert.Equal(["a.b", "d.0"], result.Unknown);
    }

    [Theory]
    [InlineData("\"${v.nope}\"", "There is no nope.")]
    [InlineData("\"a ${v.list}\"", "${v.list} is a list; it cannot stand inside text.")]
    [InlineData("\"${v.number\"", "'${v.number' is not a binding")]
    [InlineData("[{\"$each\":\"${v.number}\",\"as\":\"i\",\"do\":1}]", "0: $each needs a list.")]
    [InlineData("[{\"$each\":\"${v.list}\"}]", "0: $each needs 'as'")]
    public void What_can_never_be_resolved_is_an_error(string template, string expected)
    {
        var result = Bindings.Resolve(JsonNode.Parse(template), Values);

        Assert.StartsWith(expected, Assert.Single(result.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public void References_are_found_with_their_places_and_items_are_not_references()
    {
        var template = JsonNode.Parse("""{"a":"${n.x.y}","b":["p${m.z}",{"$each":"${n.l}","as":"i","do":"${i.q}"}]}""");

        var found = Bindings.References(template);

        Assert.Equal(["a=${n.x.y}", "b.0=${m.z}", "b.1.$each=${n.l}"], found.Select(reference => $"{reference.At}={reference}"));
        Assert.Equal([true, false, true], found.Select(reference => reference.Whole));
    }

    private static Lookup Values(string root, string[] path) => (root, path[0]) switch
    {
        ("later", _) => Lookup.Unknown,
        ("v", "number") => Lookup.Known(JsonValue.Create(3)),
        ("v", "flag") => Lookup.Known(JsonValue.Create(true)),
        ("v", "off") => Lookup.Known(JsonValue.Create(false)),
        ("v", "evil") => Lookup.Known(JsonValue.Create("}, \"$if\": ${v.number}")),
        ("v", "list") => Lookup.Known(new JsonArray("a", "b")),
        _ => Lookup.Missing($"There is no {path[0]}."),
    };
}
