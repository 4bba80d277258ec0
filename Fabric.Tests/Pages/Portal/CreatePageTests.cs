using System.Text.Json.Nodes;
using Bunit;
using Fabric.Web.Live;
using Fabric.Web.Portal.Create;
using Fabric.Workflows.Engine;

namespace Fabric.Tests.Pages.Portal;

public sealed class CreatePageTests : PageBed
{
    private const string Chosen = "portal/new?blueprint=pinot&name=analytics&cloud=sandbox&region=local";

    public CreatePageTests()
    {
        Desk.Blueprints.Add(new BlueprintLine("pinot", "Apache Pinot", "Analytics in real time.", 7, ["aws", "sandbox"]));
        Desk.Form = new BlueprintForm(
            "pinot", 7, "Apache Pinot", JsonNode.Parse("""{"type":"object","properties":{"replicas":{"type":"integer","title":"Replicas","default":3}}}""")!.AsObject(), Samples.Nodes, []);
        Desk.Preview = Samples.Preview;
        Desk.Change = new ChangeAccepted(Samples.EnvironmentId, Samples.RunId, 1);
    }

    [Fact]
    public void Choosing_a_product_goes_on_to_where_with_the_sandbox_first()
    {
        var page = Open<CreatePage>(Samples.Owner, "portal/new");

        page.FindAll("button").Single(button => button.TextContent.Contains("Apache Pinot", StringComparison.Ordinal)).Click();

        Assert.Contains("blueprint=pinot", Address, StringComparison.Ordinal);
        Assert.Contains("cloud=sandbox", Address, StringComparison.Ordinal);
        Assert.Contains("step=where", Address, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bad_name_is_told_its_rule_and_stays()
    {
        var page = Open<CreatePage>(Samples.Owner, "portal/new?blueprint=pinot&cloud=sandbox&region=local&step=where");

        page.FindAll("input").First(input => input.GetAttribute("autocomplete") == "off").Input("Bad Name");

        Assert.Contains("A name has 1 to 40 lower-case letters", page.Markup, StringComparison.Ordinal);
        Assert.True(Button(page, "Continue").HasAttribute("disabled"));
    }

    [Fact]
    public void The_plan_is_shown_and_then_it_is_created()
    {
        var page = Open<CreatePage>(Samples.Owner, $"{Chosen}&step=configure");
        Button(page, "Show the plan").Click();
        Button(page, "Create analytics").Click();

        Assert.Equal(3, (int)Desk.Requested!.Parameters["replicas"]!);
        Assert.Equal("sample", Desk.Requested.Tenant);
        Assert.EndsWith($"portal/environments/{Samples.EnvironmentId}", Address, StringComparison.Ordinal);
    }

    [Fact]
    public void What_stands_in_the_way_of_the_plan_is_said_at_the_form()
    {
        Desk.Preview = new OperationFault(FaultKind.Conflict, "NameTaken", "The name analytics is taken.", "name");
        var page = Open<CreatePage>(Samples.Owner, $"{Chosen}&step=configure");

        Button(page, "Show the plan").Click();

        Assert.Contains("The name analytics is taken.", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Contains("step=configure", Address, StringComparison.Ordinal);
    }

    [Fact]
    public void A_taken_name_is_said_at_the_name()
    {
        Desk.Preview = new OperationFault(FaultKind.Conflict, "NameTaken", "The name analytics is taken.", "name");
        var page = Open<CreatePage>(Samples.Owner, $"{Chosen}&step=configure");
        Button(page, "Show the plan").Click();

        Button(page, "Change name, cloud or region").Click();

        Assert.Contains("step=where", Address, StringComparison.Ordinal);
        Assert.Contains("The name analytics is taken.", page.Find("form").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_viewer_is_told_to_ask_an_owner() =>
        Assert.Contains("Your role may not create environments", Open<CreatePage>(Samples.Viewer, "portal/new").Markup, StringComparison.Ordinal);
}
