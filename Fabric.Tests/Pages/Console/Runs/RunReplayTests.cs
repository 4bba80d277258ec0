using Fabric.Web.ConsoleView.Runs.Detail;
using Fabric.Workflows.Runs;

namespace Fabric.Tests.Pages.Console.Runs;

public sealed class RunReplayTests
{
    [Fact]
    public void Every_stretch_of_every_step_is_a_moment()
    {
        var result = RunReplay.Of(RunSamples.Ended(), RunSamples.Events)!.Result;

        Assert.Equal((TimeSpan.FromSeconds(40), 1), (result.Total, result.Retries));
        Assert.Equal(
            ["0 Blocked", "0 Planning", "1 Applying", "5 Ready", "10 Applying", "25 Succeeded"],
            result.Frames.Where(frame => frame.Node == "storage").Select(frame => $"{frame.At.TotalSeconds} {frame.State}"));
        Assert.Equal(2, result.At(TimeSpan.FromSeconds(12))["storage"].Attempt);
    }

    [Fact]
    public void Between_its_failure_and_a_persons_retry_a_step_has_failed()
    {
        RunEvent[] events = [RunSamples.Event("network", "StepStarted", 0), RunSamples.Event("network", "StepFailed", 1), RunSamples.Event("network", "StepRetry", 3), RunSamples.Event("network", "StepStarted", 3, 2), RunSamples.Event("network", "StepSucceeded", 4, 2)];

        Assert.Equal(StepState.Failed, RunReplay.Of(RunSamples.Ended(), events)!.Result.At(TimeSpan.FromSeconds(2))["network"].State);
    }

    [Fact]
    public void A_run_that_goes_has_no_replay() => Assert.Null(RunReplay.Of(RunSamples.Ended(RunState.Running), RunSamples.Events));
}
