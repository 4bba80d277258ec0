using System.Text.Json.Nodes;
using Bunit;
using Fabric.Web.Controls;
using Fabric.Workflows.Engine;

namespace Fabric.Tests.Pages.Controls;

public class SchemaFormTests : ControlBed
{
    private static readonly JsonObject Schema = (JsonObject)JsonNode.Parse("""
        {
          "required": ["name"],
          "properties": {
            "name": { "type": "string", "pattern": "^[a-z]+$", "description": "Shown to people." },
            "replicas": { "type": "integer", "default": 3, "minimum": 1, "maximum": 9 },
            "size": { "enum": [1, 2] },
            "tls": { "type": "boolean", "default": true },
            "hosts": { "type": "array", "items": { "type": "string" } },
            "storage": { "type": "object", "properties": { "sizeGb": { "type": "number" } } }
          }
        }
        """)!;

    private JsonObject values = [];

    private IRenderedComponent<SchemaForm> Form(params OperationFault[] faults) => Render<SchemaForm>(p => p
        .Add(f => f.Schema, Schema).Add(f => f.Values, values).Add(f => f.Faults, faults).Add(f => f.ValuesChanged, changed => values = changed));

    private string Change(string id, object value)
    {
        Form().Find($"#{id}").Change(value);
        return values.ToJsonString();
    }

    [Theory]
    [InlineData("f-replicas", "5", """{"replicas":5}""")]
    [InlineData("f-size", "2", """{"size":2}""")]
    [InlineData("f-hosts", "a\n\n b ", """{"hosts":["a","b"]}""")]
    [InlineData("f-storage-sizeGb", "1.5", """{"storage":{"sizeGb":1.5}}""")]
    [InlineData("f-replicas", "many", """{"replicas":"many"}""")]
    public void What_is_typed_becomes_a_value_of_its_type(string id, string text, string json) => Assert.Equal(json, Change(id, text));

    [Fact]
    public void A_switch_that_is_on_by_default_can_be_turned_off() => Assert.Equal("""{"tls":false}""", Change("f-tls", false));

    [Fact]
    public void An_emptied_field_goes_back_to_its_default()
    {
        values = new JsonObject { ["storage"] = new JsonObject { ["sizeGb"] = 2 } };
        Assert.Equal("{}", Change("f-storage-sizeGb", ""));
        Assert.Equal("3 (default)", Form().Find("#f-replicas").GetAttribute("placeholder"));
    }

    [Theory]
    [InlineData("replicas", 12, "Give a number from 1 to 9.")]
    [InlineData("replicas", "many", "Give a whole number.")]
    [InlineData("name", "A b", "This does not have the form that is asked for: ^[a-z]+$")]
    public void A_wrong_value_is_told_at_its_field(string name, object value, string words)
    {
        values = new JsonObject { [name] = JsonValue.Create(value) };
        Assert.Equal(words, Form().Find($"#f-{name}-says [role=alert]").TextContent);
    }

    [Fact]
    public void What_is_missing_is_told_only_after_a_visit()
    {
        var form = Form();
        Assert.Empty(form.FindAll("[role=alert]"));
        form.Find("#f-name").Change("");
        Assert.Equal("This is needed.", form.Find("#f-name-says [role=alert]").TextContent);
    }

    [Theory, InlineData("name"), InlineData("parameters.name")]
    public void What_the_server_refuses_stands_at_the_field_it_names(string field) =>
        Assert.Equal("Taken.", Form(new OperationFault(FaultKind.Invalid, "X", "Taken.", field)).Find("#f-name-says [role=alert]").TextContent);
}
