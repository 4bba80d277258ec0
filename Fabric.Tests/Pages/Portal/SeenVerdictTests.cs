using Bunit;
using Fabric.Web.ConsoleView.Environments;
using Fabric.Web.Live;
using Fabric.Web.Portal.Environments;
using Fabric.Web.Portal.Frame;
using Fabric.Workflows.Runs;
using Fabric.Workflows.Tenancy;
using MudBlazor;

namespace Fabric.Tests.Pages.Portal;

/// <summary>A yes or no counts for what was on the screen when the person made up their mind, whatever became of it meanwhile.</summary>
public sealed class SeenVerdictTests : PageBed
{
    private static readonly Guid NextId = Guid.Parse("01900000-0000-7000-8000-000000000008");

    private static Run Next => Samples.Run(RunState.AwaitingApproval, number: 5) with { Id = NextId, PlanHash = "other" };

    private IRenderedComponent<TPage> OpenPage<TPage>(Actor actor, string query = "")
        where TPage : LivePage =>
        Open<TPage>(actor, $"environments/{Samples.EnvironmentId}{query}", (nameof(EnvironmentPage.Id), Samples.EnvironmentId));

    private void Feed(RunView view)
    {
        Desk.Environments[Samples.EnvironmentId] = Samples.View(view);
        Desk.Runs[view.Run.Id] = view;
    }

    private static RunView Waiting(Run run) =>
        Samples.RunView(run, [Samples.Step("network", StepState.Planned, PlanAction.Delete) with { RunId = run.Id }], ["approve", "reject", "cancel"]);

    /// <summary>A colleague's change takes the run's place, and the page behind the person's dialog shows it.</summary>
    private void Supersede<TPage>(IRenderedComponent<TPage> page)
        where TPage : LivePage
    {
        Feed(Waiting(Next));
        Desk.Notify(Samples.EnvironmentId);
        Settle();
        page.WaitForAssertion(() => Assert.Contains("Run 5 waits for a yes", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public void A_yes_given_in_a_dialog_is_for_the_run_whose_plan_was_read() => ApproveWhileSuperseded<EnvironmentPage>(Samples.Owner);

    [Fact]
    public void A_yes_given_on_the_console_is_for_the_run_whose_plan_was_read() => ApproveWhileSuperseded<ConsoleEnvironmentPage>(Samples.Sre);

    private void ApproveWhileSuperseded<TPage>(Actor actor)
        where TPage : LivePage
    {
        Feed(Waiting(Samples.Run(RunState.AwaitingApproval)));
        var page = OpenPage<TPage>(actor);
        var dialogs = Render<MudDialogProvider>();
        Button(page, "Approve 1 change").Click();
        Supersede(page);

        dialogs.Find("input").Input("analytics");
        Button(dialogs, "Approve 1 change").Click();

        page.WaitForAssertion(() => Assert.Equal([(Samples.RunId, "approve", "h4sh")], Desk.Acted));
    }

    [Fact]
    public void Words_against_one_run_are_not_said_against_the_next()
    {
        Feed(Waiting(Samples.Run(RunState.AwaitingApproval)));
        var page = OpenPage<EnvironmentPage>(Samples.Owner);
        Button(page, "Reject").Click();

        Supersede(page);

        Assert.DoesNotContain(page.FindAll("button"), button => button.TextContent.Contains("with this reason", StringComparison.Ordinal));
        Button(page, "Reject").Click();
    }

    [Fact]
    public void A_step_is_retried_in_the_run_that_offered_it_though_an_older_run_is_read()
    {
        Feed(Samples.RunView(
            Next with { State = RunState.Failed }, [Samples.Step("network", StepState.Failed) with { RunId = NextId }], onSteps: new() { ["network"] = ["retry"] }));
        Desk.Runs[Samples.RunId] = Samples.RunView(Samples.Run(RunState.Succeeded), [Samples.Step("network", StepState.Succeeded)]);
        var page = OpenPage<ConsoleEnvironmentPage>(Samples.Sre, $"?node=network&run={Samples.RunId}");

        Button(page, "Retry Network").Click();

        Assert.Equal([(NextId, "retry", null)], Desk.Acted);
    }

    [Fact]
    public void A_check_says_which_revision_was_looked_at()
    {
        Desk.Change = new ChangeAccepted(Samples.EnvironmentId, Samples.RunId, 0);
        Desk.Environments[Samples.EnvironmentId] = Samples.View();

        Button(OpenPage<EnvironmentPage>(Samples.Owner), "Check").Click();

        Assert.Equal((3, 1), Desk.StartedAt);
    }
}
