using Fabric.Web.ConsoleView.Blueprints.Simulate;
using Fabric.Web.ConsoleView.Runs.Detail;
using Fabric.Workflows.Runs;

namespace Fabric.Tests.Pages.Console.Runs;

public sealed class RunTimesTests
{
    [Fact]
    public void The_critical_path_and_the_slowest_steps_of_a_run_that_is_over()
    {
        var times = RunTimes.Of(RunSamples.Ended())!;

        Assert.Equal(["storage 25 s", "cluster 15 s"], times.Path.Select(step => $"{step.Node} {SimulationTimes.Say(step.Took)}"));
        Assert.Equal((TimeSpan.FromSeconds(40), TimeSpan.FromSeconds(40)), (times.Length, times.Total));
        Assert.Equal(["storage", "cluster", "network"], times.Slowest.Select(step => step.Node));
        Assert.False(times.IsCritical("network"));
    }

    [Fact]
    public void What_never_began_adds_nothing_to_the_path_of_a_cancelled_run()
    {
        var run = RunSamples.Ended(RunState.Cancelled);
        run = run with { Steps = [.. run.Steps.Take(2), run.Steps[2] with { State = StepState.Cancelled, StartedAt = null, EndedAt = Samples.Now.AddSeconds(40) }] };

        Assert.Equal(["storage"], RunTimes.Of(run)!.Path.Select(step => step.Node));
    }

    [Fact]
    public void A_run_that_goes_or_never_began_has_no_times()
    {
        Assert.Null(RunTimes.Of(RunSamples.Ended(RunState.Running)));
        var refused = RunSamples.Ended(RunState.Failed);
        Assert.Null(RunTimes.Of(refused with { Run = refused.Run with { StartedAt = null } }));
    }

    [Fact]
    public void A_gantt_has_a_row_per_step_and_places_its_bars()
    {
        var chart = Gantt.Of(RunSamples.Ended(), RunSamples.Events, Samples.Now.AddHours(1))!;

        Assert.Equal(["network", "storage", "cluster"], chart.Rows.Select(row => row.Step.Node));
        Assert.Equal(Samples.Now.AddSeconds(40), chart.To);
        Assert.Equal("left: 2.5%; width: 10%", chart.Style(chart.Rows[1].Bars[1]));
        Assert.Equal("Attempt 1: planning 1 s, applying 4 s, failed. Attempt 2: waiting 5 s, applying 15 s.", chart.Rows[1].Words(SimulationTimes.Say));
    }

    [Fact]
    public void A_step_waits_from_when_the_last_before_it_let_go()
    {
        var run = RunSamples.Ended();
        run = run with { Steps = [.. run.Steps.Take(2), run.Steps[2] with { StartedAt = Samples.Now.AddSeconds(26) }] };

        var first = Gantt.Of(run, RunSamples.Events, Samples.Now)!.Rows[2].Bars[0];

        Assert.Equal((StepPhase.Waiting, TimeSpan.FromSeconds(1)), (first.Phase, first.Took));
    }

    [Fact]
    public void A_run_that_has_not_begun_has_no_gantt() => Assert.Null(Gantt.Of(Samples.RunView(Samples.Run(RunState.AwaitingApproval), []), [], Samples.Now));
}
