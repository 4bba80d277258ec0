using Fabric.Web.Portal.Environments;
using Fabric.Workflows.Runs;

namespace Fabric.Tests.Pages.Portal;

public sealed class PlanTextTests
{
    [Fact]
    public void What_is_counted_is_what_changes_and_what_is_lost_is_named()
    {
        var view = Samples.RunView(Samples.Run(RunState.AwaitingApproval),
            [Samples.Step("network", StepState.Planned, PlanAction.Replace), Samples.Step("cluster", StepState.Planned, PlanAction.None, 1)]);
        var steps = PlanText.Steps(view);

        Assert.Equal(1, PlanText.Changes(steps));
        Assert.Equal(["Network"], PlanText.Destroyed(steps));
        Assert.Equal("Approve 1 change", PlanText.Approve(1));
        Assert.Equal("Approve 3 changes", PlanText.Approve(3));
    }

    [Fact]
    public void A_yes_says_that_later_steps_ask_again()
    {
        var known = PlanText.Steps(Samples.RunView(Samples.Run(RunState.AwaitingApproval), [Samples.Step("network", StepState.Planned)]));
        var unknown = PlanText.Steps(Samples.RunView(Samples.Run(RunState.AwaitingApproval), [Samples.Step("network", StepState.Blocked, PlanAction.KnownAfterApply)]));

        Assert.Contains("exactly the plan", PlanText.Covers(known), StringComparison.Ordinal);
        Assert.Contains("ask again if they would do more", PlanText.Covers(unknown), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.2, "< 1 s")]
    [InlineData(59, "59 s")]
    [InlineData(125, "2 min 5 s")]
    [InlineData(7260, "2 h 1 min")]
    public void Durations_read_like_speech(double seconds, string text) =>
        Assert.Equal(text, RunText.Duration(Samples.Now, null, Samples.Now.AddSeconds(seconds)));
}
