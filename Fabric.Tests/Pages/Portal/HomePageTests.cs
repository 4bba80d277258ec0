using Bunit;
using Fabric.Web.Live;
using Fabric.Web.Portal.Home;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Runs;

namespace Fabric.Tests.Pages.Portal;

public sealed class HomePageTests : PageBed
{
    [Fact]
    public void Without_environments_the_one_action_is_to_create_one()
    {
        var page = Open<HomePage>(Samples.Owner, "portal");

        Assert.Equal("portal/new", page.FindAll("a").Single(link => link.TextContent.Trim() == "Create an environment").GetAttribute("href"));
    }

    [Fact]
    public void It_says_what_is_not_well_and_what_waits_for_this_person()
    {
        Desk.Fleet = new([
            new(Samples.Environment(), 7, Samples.Run(RunState.AwaitingApproval, "customer"), null, null),
            new(Samples.Environment("reports", EnvironmentState.Failed) with { Message = "disk is full" }, 7, null, "west", Samples.Now.AddMinutes(-5)),
        ], []);

        var page = Open<HomePage>(Samples.Owner, "portal");

        Assert.Equal("1 environment is not well", page.Find("h1").TextContent.Trim());
        Assert.Contains("analytics: run 4 waits for your yes", page.Markup, StringComparison.Ordinal);
        Assert.Contains("reports: disk is full", page.Markup, StringComparison.Ordinal);
        Assert.Contains("the agent west is away", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gate_in_the_middle_of_a_run_asks_whose_yes_it_needs()
    {
        var gate = Samples.Step("approve", StepState.AwaitingApproval) with { ApprovalBy = "customer" };
        var vendors = Samples.Step("license", StepState.AwaitingApproval) with { ApprovalBy = "vendor" };
        Desk.Fleet = new([new(Samples.Environment(), 7, Samples.Run(RunState.Running), null, null) { Waiting = [gate, vendors] }], []);

        var page = Open<HomePage>(Samples.Owner, "portal");

        Assert.Contains("analytics: approve waits for your yes", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("license waits", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_person_who_may_not_approve_is_not_asked()
    {
        Desk.Fleet = new([new(Samples.Environment(), 7, Samples.Run(RunState.AwaitingApproval, "customer"), null, null)], []);

        var page = Open<HomePage>(Samples.Viewer, "portal");

        Assert.DoesNotContain("waits for your yes", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("Create an environment", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_change_shows_by_itself()
    {
        Desk.Fleet = new([new(Samples.Environment(), 7, null, null, null)], []);
        var page = Open<HomePage>(Samples.Owner, "portal");
        Assert.Contains("Everything is well", page.Find("h1").TextContent, StringComparison.Ordinal);

        Desk.Fleet = new([new(Samples.Environment(), 7, Samples.Run(RunState.Running), null, null)], []);
        Desk.Notify();
        Settle();

        page.WaitForAssertion(() => Assert.Contains("step 1 of 2", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public void A_failure_says_what_was_not_harmed_and_can_be_tried_again()
    {
        Desk.Broken = new IOException("gone");
        var page = Open<HomePage>(Samples.Owner, "portal");
        Assert.Contains("could not be loaded", page.Markup, StringComparison.Ordinal);

        Desk.Broken = null;
        Button(page, "Try again").Click();

        page.WaitForAssertion(() => Assert.Contains("No environments yet", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_closed_page_listens_no_more()
    {
        Open<HomePage>(Samples.Owner, "portal");
        Assert.Equal(1, Desk.Watchers);

        await DisposeComponentsAsync();

        Assert.Equal(0, Desk.Watchers);
    }
}
