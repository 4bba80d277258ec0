using Bunit;
using Fabric.Web.ConsoleView.Blueprints;
using Fabric.Web.ConsoleView.Runs;
using Fabric.Web.Live;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Runs;

namespace Fabric.Tests.Pages.Console;

public sealed class RunsAndBlueprintsTests : PageBed
{
    private static BlueprintVersionView Version(int number) =>
        new(new BlueprintVersionLine("pinot", "Apache Pinot", number, Samples.Now, "Ada", "Safer."), "Analytics.", $"version: {number}", Samples.Nodes);

    [Fact]
    public void A_run_leads_to_its_page_and_the_address_is_the_filter()
    {
        Desk.RunLines.Add(new RunLine(Samples.Run(RunState.Failed), "analytics", true));

        var page = Open<RunsPage>(Samples.Sre, "console/runs?state=failed&q=ana");

        Assert.Equal(new RunFilter("failed", null, null, "ana"), Desk.Asked);
        page.Find("tbody tr").Click();
        Assert.EndsWith($"console/runs/{Samples.RunId}", Address, StringComparison.Ordinal);
    }

    [Fact]
    public void A_chip_goes_into_the_address_and_out_of_it()
    {
        var page = Open<RunsPage>(Samples.Sre, "console/runs");
        Assert.Contains("Nothing ran yet", page.Markup, StringComparison.Ordinal);

        Button(page, "Waiting for a yes").Click();
        Assert.EndsWith("console/runs?state=waiting", Address, StringComparison.Ordinal);
        Assert.Equal("waiting", Desk.Asked?.State);
        Assert.Contains("Nothing matches", page.Markup, StringComparison.Ordinal);

        Button(page, "Waiting for a yes").Click();
        Assert.EndsWith("console/runs", Address, StringComparison.Ordinal);
    }

    [Fact]
    public void Earlier_runs_are_loaded_on_demand()
    {
        for (var i = 0; i < 130; i++)
            Desk.RunLines.Add(new RunLine(Samples.Run(RunState.Succeeded, number: 130 - i) with { Id = Guid.CreateVersion7(Samples.Now) }, "analytics", false));
        var page = Open<RunsPage>(Samples.Sre, "console/runs");
        Assert.Equal(100, page.FindAll("tbody tr").Count);

        Button(page, "Load earlier runs").Click();

        Assert.Equal(130, page.FindAll("tbody tr").Count);
    }

    [Fact]
    public void A_customer_sees_no_runs_of_the_console() =>
        Assert.Contains("This side is the vendor's", Open<RunsPage>(Samples.Owner, "console/runs").Markup, StringComparison.Ordinal);

    [Fact]
    public void A_blueprint_says_who_uses_which_version()
    {
        Desk.Versions.AddRange([Version(8), Version(7)]);
        Desk.Fleet = new([new(Samples.Environment(), 7, null, null, null)], [new UnreachableCell("west", "it is late.")]);

        var page = Open<BlueprintsPage>(Samples.Sre, "console/blueprints");

        Assert.Contains("1 on v7", page.Find("tbody tr").TextContent, StringComparison.Ordinal);
        Assert.Contains("v8", page.Find("tbody tr").TextContent, StringComparison.Ordinal);
        Assert.Contains("Cell west does not answer: it is late.", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_version_is_read_with_its_text_and_its_users()
    {
        Desk.Versions.AddRange([Version(8), Version(7)]);
        Desk.Fleet = new([new(Samples.Environment(), 7, null, null, null)], []);

        var page = Open<BlueprintPage>(Samples.Sre, "console/blueprints/pinot?version=7", (nameof(BlueprintPage.Name), "pinot"));

        Assert.Equal("version: 7", page.Find("pre").TextContent);
        Assert.Equal(["Version 8", "Version 7"], page.FindAll("ol > li > a").Where(link => link.HasAttribute("href") && link.TextContent.StartsWith("Version", StringComparison.Ordinal)).Select(link => link.TextContent));
        Assert.Contains("sample / analytics", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_blueprint_that_is_not_there_says_so() =>
        Assert.Contains("No such blueprint", Open<BlueprintPage>(Samples.Sre, "console/blueprints/none", (nameof(BlueprintPage.Name), "none")).Markup, StringComparison.Ordinal);
}
