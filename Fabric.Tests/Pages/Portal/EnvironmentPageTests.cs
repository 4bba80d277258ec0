using Bunit;
using Fabric.Web.Controls;
using Fabric.Web.Live;
using Fabric.Web.Portal.Environments;
using Fabric.Workflows.Configuration;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Executors;
using Fabric.Workflows.Executors.Cluster;
using Fabric.Workflows.Runs;
using Fabric.Workflows.Tenancy;
using System.Text.Json.Nodes;

namespace Fabric.Tests.Pages.Portal;

public sealed class EnvironmentPageTests : PageBed
{
    private IRenderedComponent<EnvironmentPage> OpenPage(string query = "", Actor? actor = null) =>
        Open<EnvironmentPage>(actor ?? Samples.Owner, $"portal/environments/{Samples.EnvironmentId}{query}", (nameof(EnvironmentPage.Id), Samples.EnvironmentId));

    private void Feed(EnvironmentView view)
    {
        Desk.Environments[Samples.EnvironmentId] = view;
        if (view.LatestRun is { } run)
            Desk.Runs[run.Run.Id] = run;
    }

    [Fact]
    public void It_shows_name_version_and_outputs()
    {
        Feed(Samples.View());

        var page = OpenPage();

        Assert.Equal("analytics", page.Find("h1").TextContent.Trim());
        Assert.Contains("pinot v7", page.Markup, StringComparison.Ordinal);
        Assert.Contains("https://pinot.example", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_tenants_environment_does_not_exist() => Assert.Contains("No such environment", OpenPage().Markup, StringComparison.Ordinal);

    [Fact]
    public void A_waiting_plan_is_approved_by_its_hash()
    {
        Feed(Samples.View(Samples.RunView(Samples.Run(RunState.AwaitingApproval), [Samples.Step("network", StepState.Planned)], ["approve", "reject"])));

        Button(OpenPage(), "Approve 1 change").Click();

        Assert.Equal(["approve run h4sh"], Desk.Deeds);
    }

    [Fact]
    public void A_no_wants_a_reason()
    {
        Feed(Samples.View(Samples.RunView(Samples.Run(RunState.AwaitingApproval), [Samples.Step("network", StepState.Planned)], ["approve", "reject"])));
        var page = OpenPage();

        Button(page, "Reject").Click();
        Assert.True(Button(page, "Reject with this reason").HasAttribute("disabled"));
        page.FindAll("input").First(input => input.GetAttribute("type") == "text").Input("not today");
        Button(page, "Reject with this reason").Click();

        Assert.Equal(["reject run h4sh not today"], Desk.Deeds);
    }

    [Fact]
    public void Who_may_not_approve_is_told_whose_yes_is_awaited()
    {
        Feed(Samples.View(Samples.RunView(Samples.Run(RunState.AwaitingApproval, "vendor"), [Samples.Step("network", StepState.Planned)])));

        var page = OpenPage();

        Assert.Contains("It waits for the vendor's yes.", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain(page.FindAll("button"), button => button.TextContent.Contains("Approve", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("The bootstrap of cluster pinot installs the agent (build-1).", "The bootstrap of cluster pinot installs the agent (build-1).")]
    [InlineData($"{AgentBootstrap.ByHandSentence} Fabric may not start it.", "Fabric may not start it.")]
    [InlineData(AgentBootstrap.ByHandSentence, "The agent runs in your cluster and only ever dials out.")]
    public void The_agent_tab_says_what_is_under_way_to_get_one(string message, string said)
    {
        var step = Samples.Step("agent", StepState.Applying) with { Executor = ExecutorNames.Enrolment, Message = message };
        var view = Samples.View(Samples.RunView(Samples.Run(RunState.Running), [step]));
        Feed(view with { Environment = view.Environment with { Cloud = "aws" } });
        Assert.StartsWith(said, OpenPage("?tab=agent").FindAll(".says p").Single().TextContent.Trim(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_failed_step_is_retried_from_its_sheet()
    {
        Feed(Samples.View(Samples.RunView(
            Samples.Run(RunState.Failed), [Samples.Step("network", StepState.Failed) with { Message = "no address left" }], onSteps: new() { ["network"] = ["retry"] })));

        var page = OpenPage("?node=network");
        Assert.Contains("no address left", page.Find("aside").TextContent, StringComparison.Ordinal);
        Button(page, "Retry Network").Click();

        Assert.Equal(["retry network"], Desk.Deeds);
    }

    [Fact]
    public void What_stands_in_the_way_is_said_on_the_page()
    {
        Desk.Change = new OperationFault(FaultKind.WrongState, "Busy", "Run 4 is going.");
        Feed(Samples.View());
        var page = OpenPage();

        Button(page, "Check").Click();

        Assert.Contains("Run 4 is going.", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_viewer_is_offered_nothing_that_changes()
    {
        Feed(Samples.View());

        var page = OpenPage("?tab=configuration", Samples.Viewer);

        Assert.Contains("Your role may look at the configuration", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain(page.FindAll("button"), button => button.TextContent.Trim() is "Delete" or "Check" or "Review changes");
    }

    [Fact]
    public async Task A_change_is_reviewed_and_saved_at_the_revision_that_was_looked_at()
    {
        Desk.Preview = new PlanPreview(Samples.Preview.Steps, [new ValueChange("replicas", 3, 5)], null);
        Desk.Change = new ChangeAccepted(Samples.EnvironmentId, Samples.RunId, 4);
        Feed(Samples.View());
        var page = OpenPage("?tab=configuration");

        await page.InvokeAsync(() => page.FindComponent<SchemaForm>().Instance.ValuesChanged.InvokeAsync(new JsonObject { ["replicas"] = 5 }));
        await Button(page, "Review changes").ClickAsync(new());
        await Button(page, "Save and run").ClickAsync(new());

        Assert.Equal("""{"replicas":5}""", Desk.Saved?.Patch.ToJsonString());
        Assert.Equal(3, Desk.Saved?.Revision);
    }

    [Fact]
    public async Task Who_was_slower_chooses_what_becomes_of_the_change()
    {
        Desk.Preview = Samples.Preview;
        Desk.Change = new OperationFault(FaultKind.PreconditionFailed, "Stale", "Someone was faster.");
        Feed(Samples.View());
        var page = OpenPage("?tab=configuration");
        await page.InvokeAsync(() => page.FindComponent<SchemaForm>().Instance.ValuesChanged.InvokeAsync(new JsonObject { ["replicas"] = 5 }));
        await Button(page, "Review changes").ClickAsync(new());
        Feed(Samples.View(revision: 4, replicas: 4));

        await Button(page, "Save and run").ClickAsync(new());
        Assert.Contains("Someone saved revision 4 while you were changing revision 3", page.Markup, StringComparison.Ordinal);
        Assert.Equal(["3", "4"], page.FindAll("[role=alert] td.old, [role=alert] td.new").Select(cell => cell.TextContent));
        await Button(page, "Load the newest and keep my changes").ClickAsync(new());
        await Button(page, "Review changes").ClickAsync(new());
        Desk.Change = new ChangeAccepted(Samples.EnvironmentId, Samples.RunId, 5);
        await Button(page, "Save and run").ClickAsync(new());

        Assert.Equal(4, Desk.Saved?.Revision);
    }

    [Fact]
    public void Manifests_are_shown_until_the_agent_has_called()
    {
        Desk.Enrollment = new EnrollmentView("t0ken", Samples.Now.AddMinutes(15), "kind: ClusterRole", "kind: RoleBinding");
        Feed(OnOwnCluster(Samples.View()));
        var page = OpenPage("?tab=agent");

        Button(page, "Connect a cluster").Click();
        Assert.Contains("kind: ClusterRole", page.Markup, StringComparison.Ordinal);

        Feed(OnOwnCluster(Samples.View(agent: Samples.Agent())));
        Desk.Notify(Samples.EnvironmentId);
        Settle();

        page.WaitForAssertion(() => Assert.Contains("Online", page.Markup, StringComparison.Ordinal));
        Assert.DoesNotContain("kind: ClusterRole", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_simulated_cluster_is_not_offered_an_agent()
    {
        Feed(Samples.View());

        Assert.DoesNotContain("Connect a cluster", OpenPage("?tab=agent").Markup, StringComparison.Ordinal);
    }

    private static EnvironmentView OnOwnCluster(EnvironmentView view) => view with { Environment = view.Environment with { Cloud = "kubernetes" } };

    [Fact]
    public void A_step_shows_by_itself_when_it_is_done()
    {
        Feed(Samples.View(Samples.RunView(Samples.Run(RunState.Running), [Samples.Step("network", StepState.Applying)])));
        var page = OpenPage();
        Assert.Equal("Applying", page.FindComponent<GraphCanvas>().Instance.Paints["network"].State);

        Feed(Samples.View(Samples.RunView(Samples.Run(RunState.Running), [Samples.Step("network", StepState.Succeeded)])));
        Desk.Notify(Samples.EnvironmentId);
        Settle();

        page.WaitForAssertion(() => Assert.Equal("Succeeded", page.FindComponent<GraphCanvas>().Instance.Paints["network"].State));
    }
}
