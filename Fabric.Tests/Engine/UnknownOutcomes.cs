using Fabric.Tests.Engine.Simulation;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Runs;

namespace Fabric.Tests.Engine;

public sealed class UnknownOutcomes
{
    [Fact]
    public void What_was_under_way_at_a_take_over_is_looked_at_and_not_applied_again()
    {
        var bed = new PlannerBed(("a", [])).Decide().Begin("a");
        bed.Work.Clear();
        bed.Recover();
        Assert.Equal((StepState.Unknown, Reasons.ServerRestarted), (bed["a"].State, bed["a"].Reason));
        Assert.Equal([new WorkOrder(WorkKind.Look, "a", 1)], bed.Work);
    }

    [Fact]
    public void What_was_only_being_planned_is_planned_again()
    {
        var bed = new PlannerBed(("a", [])).Decide();
        bed.Work.Clear();
        bed.Recover();
        Assert.Equal([new WorkOrder(WorkKind.Plan, "a", 0)], bed.Work);
    }

    [Fact]
    public void What_waits_for_its_next_look_is_not_lost_sight_of()
    {
        var bed = new PlannerBed(("a", [])).Decide().Begin("a").Receive(WorkKind.Apply, "a", StepResult.InProgress(TimeSpan.FromMinutes(1)));
        Assert.Equal(StepState.Applying, bed.Recover()["a"].State);
    }

    [Fact]
    public void What_ended_while_the_server_was_away_is_looked_at_before_it_is_called_too_late()
    {
        var bed = new PlannerBed(("a", [])).Decide().Begin("a").Receive(WorkKind.Apply, "a", StepResult.InProgress(TimeSpan.FromMinutes(1)));
        bed.Now += PlannerBed.Rules.StepTimeout * 2;
        Assert.Equal(StepState.Unknown, bed.Recover()["a"].State);
        bed.Receive(WorkKind.Look, "a", StepResult.Completed());
        Assert.Equal(RunState.Succeeded, bed.Run.State);
    }

    [Fact]
    public void A_look_that_finds_nothing_done_lets_the_step_be_tried_after_a_while()
    {
        var bed = new PlannerBed(("a", [])).Decide().Begin("a").Recover();
        bed.Receive(WorkKind.Look, "a", StepResult.NotApplied());
        Assert.Equal((StepState.Ready, PlannerBed.Rules.After(bed.Run.Id, "a", 1)), (bed["a"].State, bed.NextLook - bed.Now));
        bed.Now = bed.NextLook!.Value;
        bed.Decide().Begin("a");
        Assert.Equal((StepState.Applying, 2), (bed["a"].State, bed["a"].Attempt));
    }

    [Fact]
    public void A_look_that_finds_it_going_takes_it_up_and_one_that_finds_it_done_ends_it()
    {
        var bed = new PlannerBed(("a", [])).Decide().Begin("a").Recover();
        bed.Receive(WorkKind.Look, "a", StepResult.InProgress(TimeSpan.FromSeconds(5)));
        Assert.Equal(StepState.Applying, bed["a"].State);
        bed.Receive(WorkKind.Look, "a", StepResult.Completed());
        Assert.Equal(RunState.Succeeded, bed.Run.State);
    }
}
