using System.Text.Json.Nodes;
using Fabric.Web.Live;
using Fabric.Web.Portal.Create;
using Fabric.Workflows.Engine;

namespace Fabric.Tests.Pages.Portal;

public sealed class WizardModelTests
{
    private static readonly BlueprintForm Form = new(
        "pinot", 7, "Pinot",
        JsonNode.Parse("""{"properties":{"replicas":{"type":"integer","default":3}}}""")!.AsObject(),
        Samples.Nodes,
        JsonNode.Parse("""{"network":{"properties":{"vpcId":{"type":"string"}}}}""")!.AsObject());

    [Theory]
    [InlineData("", "", "", WizardStep.Product)]
    [InlineData("pinot", "", "", WizardStep.Where)]
    [InlineData("pinot", "Not a slug", "sandbox", WizardStep.Where)]
    [InlineData("pinot", "analytics", "sandbox", WizardStep.Plan)]
    public void A_step_opens_once_the_choices_before_it_are_made(string blueprint, string name, string cloud, WizardStep last)
    {
        var model = new WizardModel { Blueprint = blueprint, Name = name, Cloud = cloud, Region = "local" };

        Assert.Equal(last, Enum.GetValues<WizardStep>().Last(model.Reaches));
    }

    [Fact]
    public void Defaults_fill_what_was_not_given_and_keep_what_was()
    {
        var model = new WizardModel();
        model.Take(Form);
        Assert.Equal(3, (int)model.Parameters["replicas"]!);

        model.Parameters = new JsonObject { ["replicas"] = 5 };
        model.Take(Form);

        Assert.Equal(5, (int)model.ToRequest("sample").Parameters["replicas"]!);
    }

    [Fact]
    public void Faults_stand_at_the_form_they_belong_to()
    {
        var model = new WizardModel();
        model.Take(Form);
        model.Faults =
        [
            new(FaultKind.Invalid, "X", "too many", "parameters.replicas"),
            new(FaultKind.Invalid, "X", "missing", "adopted.network.vpcId"),
            new(FaultKind.Conflict, "X", "taken", "name"),
        ];

        Assert.Equal(["replicas"], model.ParameterFaults.Select(fault => fault.Field));
        Assert.Equal(["vpcId"], model.AdoptedFaults("network").Select(fault => fault.Field));
        Assert.Equal(["taken"], model.OtherFaults.Select(fault => fault.Message));
    }

    [Fact]
    public void The_sandbox_is_offered_first() => Assert.Equal(["sandbox", "aws", "kubernetes"], Places.Order(["kubernetes", "aws", "sandbox"]));
}
