using System.Text.Json.Nodes;
using Fabric.Workflows.Blueprints;

namespace Fabric.Tests.Blueprints;

public sealed class Schemas
{
    private static readonly JsonObject Schema = (JsonObject)JsonNode.Parse("""
        {
          "type": "object", "required": ["name"],
          "properties": {
            "name": { "type": "string", "title": "Name", "minLength": 2, "pattern": "^[a-z]+$" },
            "size": { "type": "integer", "default": 3, "minimum": 1, "maximum": 9, "multipleOf": 3, "x-immutable": true, "x-unit": "GiB" },
            "key": { "type": "string", "x-secret": true },
            "nested": { "type": "object", "properties": { "subnetIds": { "type": "array", "items": { "type": "string" }, "minItems": 1, "uniqueItems": true, "default": ["a"] } } }
          }
        }
        """)!;

    [Theory]
    [InlineData("""{}""", "name is required: give it text (Name).")]
    [InlineData("""{ "name": "ab", "sise": 1 }""", "sise is not known here. Did you mean 'size'?")]
    [InlineData("""{ "name": 7 }""", "name must be text, not 7.")]
    [InlineData("""{ "name": "a" }""", "name needs at least 2 characters, not 1.")]
    [InlineData("""{ "name": "AB" }""", "name must match ^[a-z]+$, which 'AB' does not.")]
    [InlineData("""{ "name": "ab", "size": 12 }""", "size must be between 1 and 9, not 12.")]
    [InlineData("""{ "name": "ab", "size": 4 }""", "size must be a multiple of 3, not 4.")]
    [InlineData("""{ "name": "ab", "size": 3.5 }""", "size must be a whole number, not 3.5.")]
    [InlineData("""{ "name": "ab", "nested": { "subnetIds": [] } }""", "nested.subnetIds needs at least 1 items, not 0.")]
    [InlineData("""{ "name": "ab", "nested": { "subnetIds": ["x", "x"] } }""", "nested.subnetIds must not hold the same item twice.")]
    [InlineData("""{ "name": "ab", "nested": { "subnetIds": [null] } }""", "nested.subnetIds.0 must be text, not nothing.")]
    public void A_mistake_is_told_with_its_path_and_what_would_be_right(string value, string message) =>
        Assert.Equal(message, Assert.Single(SchemaCheck.Validate(JsonNode.Parse(value), Schema)) is var issue ? $"{issue.Path} {issue.Message}" : "");

    [Fact]
    public void A_right_value_has_no_issue() =>
        Assert.Empty(SchemaCheck.Validate(JsonNode.Parse("""{ "name": "ab", "size": 6.0, "nested": { "subnetIds": ["x"] } }"""), Schema));

    [Fact]
    public void Defaults_fill_what_is_not_said_in_nested_maps_too() => Assert.Equal(
        """{"name":"ab","size":3,"nested":{"subnetIds":["a"]}}""", SchemaCheck.WithDefaults(new JsonObject { ["name"] = "ab" }, Schema).ToJsonString());

    [Fact]
    public void A_form_has_a_field_per_value_in_the_order_written()
    {
        var fields = ParameterForm.Of(Schema);
        Assert.Equal(["name", "size", "key", "nested.subnetIds"], fields.Select(f => f.Path));
        Assert.Equal(["Name", "Size", "Key", "Subnet ids"], fields.Select(f => f.Title));
        Assert.True(fields[0].Required);
        Assert.Equal((true, "GiB", 1d, 9d), (fields[1].Immutable, fields[1].Unit, fields[1].Minimum, fields[1].Maximum));
        Assert.True(fields[2].Secret);
    }

    [Theory]
    [InlineData("90s", 90), InlineData("10m", 600), InlineData("1h30m", 5400), InlineData("2d", 172800), InlineData("PT10M", 600), InlineData("1.5s", 1.5), InlineData("500ms", 0.5)]
    public void A_duration_reads_as_people_write_it(string text, double seconds)
    {
        Assert.True(Durations.TryParse(text, out var duration));
        Assert.Equal(seconds, duration.TotalSeconds, 3);
    }

    [Theory, InlineData(""), InlineData("10"), InlineData("m"), InlineData("-5m"), InlineData("0s"), InlineData("10 m"), InlineData("P"), InlineData("999999d"), InlineData("5m3h")]
    public void What_is_no_duration_is_refused(string text) => Assert.False(Durations.TryParse(text, out _));

    [Theory]
    [InlineData("a", true), InlineData("a-1", true), InlineData("a-", false), InlineData("1a", false), InlineData("A", false), InlineData("", false), InlineData("a\n", false)]
    public void A_slug_is_what_fits_into_a_url_and_into_kubernetes(string name, bool valid) => Assert.Equal(valid, Slug.IsValid(name));
}
