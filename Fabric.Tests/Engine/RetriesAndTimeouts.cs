using Fabric.Tests.Engine.Simulation;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Runs;

namespace Fabric.Tests.Engine;

public sealed class RetriesAndTimeouts
{
    private static StepResult Busy => StepResult.Transient("Busy", "Busy.");

    [Fact]
    public void A_transient_failure_waits_out_its_back_off_before_the_next_attempt()
    {
        var bed = new PlannerBed(("a", [])).Decide().Begin("a").Receive(WorkKind.Apply, "a", Busy);
        Assert.Equal((StepState.Ready, 1), (bed["a"].State, bed["a"].Attempt));
        Assert.Equal(bed["a"].NextLookAt, bed.NextLook);

        bed.Now = bed.NextLook!.Value - TimeSpan.FromTicks(1);
        Assert.Equal(StepState.Ready, bed.Decide()["a"].State);

        bed.Now = bed.NextLook!.Value;
        bed.Decide().Begin("a");
        Assert.Equal((StepState.Applying, 2), (bed["a"].State, bed["a"].Attempt));
    }

    [Fact]
    public void Back_off_doubles_stays_within_a_quarter_and_under_its_bound()
    {
        var rules = RetryRules.Default;
        for (var attempt = 1; attempt < 40; attempt++)
        {
            var middle = Math.Min(2 * Math.Pow(2, Math.Min(attempt - 1, 20)), 120);
            Assert.InRange(rules.After(Guid.NewGuid(), "a", attempt).TotalSeconds, middle * 0.75, middle * 1.25);
        }
    }

    [Fact]
    public void Jitter_spreads_nodes_and_is_the_same_for_the_same_attempt()
    {
        var run = Guid.NewGuid();
        var waits = Enumerable.Range(0, 200).Select(i => RetryRules.Default.After(run, $"node-{i}", 1)).ToList();
        Assert.True(waits.Distinct().Count() > 150);
        Assert.Equal(waits, Enumerable.Range(0, 200).Select(i => RetryRules.Default.After(run, $"node-{i}", 1)));
        Assert.True(waits.Max() - waits.Min() > TimeSpan.FromMilliseconds(500), "the jitter uses its whole width");
    }

    [Fact]
    public void After_the_last_attempt_the_step_fails_and_a_person_may_retry_it()
    {
        var bed = new PlannerBed(("a", [])).Decide();
        for (var attempt = 1; attempt <= PlannerBed.Rules.Attempts; attempt++)
        {
            bed.Begin("a").Receive(WorkKind.Apply, "a", Busy);
            bed.Now = bed.NextLook ?? bed.Now;
            bed.Decide();
        }

        Assert.Equal((StepState.Failed, Reasons.RetriesExhausted), (bed["a"].State, bed["a"].Reason));
        Assert.Equal(RunState.Failed, bed.Run.State);

        bed.Act(ActKind.RetryStep, "a").BeginAndComplete("a");
        Assert.Equal(RunState.Succeeded, bed.Run.State);
    }

    [Fact]
    public void Work_that_is_lost_before_it_does_anything_is_tried_no_more_often_than_what_fails()
    {
        var bed = new PlannerBed(("a", [])).Decide();
        for (var attempt = 1; attempt <= PlannerBed.Rules.Attempts; attempt++)
        {
            Assert.Equal(StepState.Planning, bed["a"].State);
            bed.Begin("a").Receive(WorkKind.Apply, "a", StepResult.Unknown(Reasons.ExecutorFault, "Not seen."));
            bed.Now = bed.NextLook!.Value;
            bed.Decide().Receive(WorkKind.Look, "a", StepResult.NotApplied());
            bed.Now = bed.NextLook ?? bed.Now;
            bed.Decide();
        }

        Assert.Equal((StepState.Failed, Reasons.RetriesExhausted, PlannerBed.Rules.Attempts), (bed["a"].State, bed["a"].Reason, bed["a"].Attempt));
    }

    [Fact]
    public void A_plan_that_cannot_be_made_is_a_try_each_time_and_the_last_one_fails()
    {
        var bed = new PlannerBed(("a", [])).Decide();
        var waits = new List<TimeSpan>();
        for (var attempt = 1; attempt < PlannerBed.Rules.Attempts; attempt++)
        {
            bed.Receive(WorkKind.Plan, "a", Busy);
            Assert.Equal((StepState.Ready, attempt), (bed["a"].State, bed["a"].Attempt));
            waits.Add(bed.NextLook!.Value - bed.Now);
            bed.Now = bed.NextLook.Value;
            bed.Decide();
        }

        Assert.Equal(Enumerable.Range(1, PlannerBed.Rules.Attempts - 1).Select(attempt => PlannerBed.Rules.After(bed.Run.Id, "a", attempt)), waits);
        bed.Receive(WorkKind.Plan, "a", Busy);
        Assert.Equal((StepState.Failed, Reasons.RetriesExhausted, RunState.Failed), (bed["a"].State, bed["a"].Reason, bed.Run.State));
        Assert.DoesNotContain(bed.Work, order => order.Kind is WorkKind.Apply);
    }

    [Fact]
    public void The_apply_after_a_plan_that_could_not_be_made_is_the_next_try()
    {
        var bed = new PlannerBed(("a", [])).Decide().Receive(WorkKind.Plan, "a", Busy);
        bed.Now = bed.NextLook!.Value;
        bed.Decide().Begin("a");
        Assert.Equal((StepState.Applying, 2), (bed["a"].State, bed["a"].Attempt));
    }

    [Fact]
    public void An_attempt_that_takes_too_long_is_asked_to_stop_and_fails()
    {
        var bed = new PlannerBed(("a", [])).Decide().Begin("a");
        bed.Receive(WorkKind.Apply, "a", StepResult.InProgress(TimeSpan.FromDays(1)));
        Assert.Equal(PlannerBed.Rules.StepTimeout, bed.NextLook - bed.Now);

        bed.Now = bed.NextLook!.Value;
        bed.Decide();
        Assert.Equal((StepState.Failed, Reasons.TimedOut), (bed["a"].State, bed["a"].Reason));
        Assert.Contains(new WorkOrder(WorkKind.Cancel, "a", 1), bed.Work);
    }

    [Fact]
    public void An_outcome_that_stays_unknown_does_not_outlive_the_time_out()
    {
        var bed = new PlannerBed(("a", [])).Decide().Begin("a").Receive(WorkKind.Apply, "a", StepResult.Unknown("LostReply", "Lost."));
        for (var looks = 0; bed["a"].State is StepState.Unknown; looks++)
        {
            Assert.True(looks < 5_000, "an unknown outcome is looked at for ever");
            bed.Now = bed.NextLook!.Value;
            bed.Decide();
            if (bed["a"].State is StepState.Unknown)
                bed.Receive(WorkKind.Look, "a", StepResult.Unknown("LostReply", "Lost."));
        }

        Assert.Equal((StepState.Failed, Reasons.TimedOut), (bed["a"].State, bed["a"].Reason));
    }

    [Fact]
    public void A_result_of_an_earlier_attempt_changes_nothing()
    {
        var bed = new PlannerBed(("a", [])).Decide().Begin("a").Receive(WorkKind.Apply, "a", Busy);
        bed.Now = bed.NextLook!.Value;
        bed.Decide().Begin("a");
        var before = bed.Snapshot.Steps[0];
        bed.Receive(new WorkOrder(WorkKind.Apply, "a", 1), StepResult.Completed());
        Assert.Equal(before, bed["a"]);
    }
}
