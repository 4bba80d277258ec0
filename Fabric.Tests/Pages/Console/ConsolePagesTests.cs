using Bunit;
using Fabric.Web.ConsoleView.Agents;
using Fabric.Web.ConsoleView.Environments;
using Fabric.Web.ConsoleView.Fleet;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Runs;

namespace Fabric.Tests.Pages.Console;

public sealed class ConsolePagesTests : PageBed
{
    [Fact]
    public void A_customer_is_shown_the_way_to_the_portal()
    {
        Desk.Fleet = new([new(Samples.Environment(), 7, null, null, null)], []);

        var page = Open<FleetPage>(Samples.Owner, "console");

        Assert.Contains("This side is the vendor's", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("analytics", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void The_address_filters_the_fleet_and_silent_cells_are_named()
    {
        Desk.Fleet = new(
            [new(Samples.Environment(), 7, null, null, null), new(Samples.Environment("reports", EnvironmentState.Failed), 7, null, null, null)],
            [new UnreachableCell("west", "No answer within 2 s.")]);

        var page = Open<FleetPage>(Samples.Sre, "console?state=unwell");

        Assert.Equal(["reports"], page.FindAll("td a").Select(link => link.TextContent.Trim()));
        Assert.Contains("Cell west does not answer: No answer within 2 s.", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_chip_puts_its_filter_into_the_address_and_takes_it_out()
    {
        Desk.Fleet = new([new(Samples.Environment(), 7, null, null, null)], []);
        var page = Open<FleetPage>(Samples.Sre, "console");

        Button(page, "Running").Click();
        Assert.EndsWith("console?state=running", Address, StringComparison.Ordinal);
        Assert.Contains("Nothing matches", page.Markup, StringComparison.Ordinal);

        Button(page, "Running").Click();
        Assert.EndsWith("console", Address, StringComparison.Ordinal);
    }

    [Fact]
    public void Steps_of_the_run_are_listed_and_a_failed_one_is_skipped_with_a_reason()
    {
        var run = Samples.RunView(
            Samples.Run(RunState.Failed), [Samples.Step("network", StepState.Failed) with { Attempt = 3, Message = "no address left" }], onSteps: new() { ["network"] = ["skip"] });
        Desk.Environments[Samples.EnvironmentId] = Samples.View(run);
        Desk.Runs[Samples.RunId] = run;
        var page = Open<ConsoleEnvironmentPage>(Samples.Sre, $"console/environments/{Samples.EnvironmentId}", (nameof(ConsoleEnvironmentPage.Id), Samples.EnvironmentId));
        Assert.Contains("no address left", page.FindAll("table")[^1].TextContent, StringComparison.Ordinal);

        Button(page, "Skip").Click();
        page.FindAll("input").First(input => input.GetAttribute("type") == "text").Input("made by hand");
        Button(page, "Skip with this reason").Click();

        Assert.Equal(["skip network made by hand"], Desk.Deeds);
    }

    [Fact]
    public async Task Runs_lead_to_their_own_page_from_the_fleet_and_from_their_environment()
    {
        var run = Samples.RunView(Samples.Run(RunState.Running), []);
        Desk.Fleet = new([new(Samples.Environment(), 7, run.Run, null, null)], []);
        Desk.Environments[Samples.EnvironmentId] = Samples.View(run);

        var environment = Open<ConsoleEnvironmentPage>(Samples.Sre, $"console/environments/{Samples.EnvironmentId}", (nameof(ConsoleEnvironmentPage.Id), Samples.EnvironmentId));
        Assert.Equal("Open run 4", environment.Find($"a[href='console/runs/{Samples.RunId}']").GetAttribute("aria-label"));

        await DisposeComponentsAsync();
        var fleet = Open<FleetPage>(Samples.Sre, "console");
        Assert.Equal("1/2", fleet.Find($"a[href='console/runs/{Samples.RunId}']").TextContent);
    }

    [Fact]
    public void Agents_that_are_away_stand_first_and_can_be_asked_for_alone()
    {
        Desk.Agents.AddRange([Samples.Agent(true, "east"), Samples.Agent(false, "west")]);

        var all = Open<AgentsPage>(Samples.Sre, "console/agents");
        Assert.Equal(["west", "east"], all.FindAll("tbody tr").Select(row => row.Children[0].TextContent.Trim()));

        Button(all, "Away").Click();
        Assert.EndsWith("console/agents?state=away", Address, StringComparison.Ordinal);
        Assert.Equal(["west"], all.FindAll("tbody tr").Select(row => row.Children[0].TextContent.Trim()));
    }
}
