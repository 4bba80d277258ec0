using Fabric.Tests.Engine.Simulation;
using Fabric.Tests.Support;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Engine.Operations;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Runs;

namespace Fabric.Tests.Engine;

public sealed class PauseAndCancel
{
    [Fact]
    public void Paused_nothing_new_starts_and_what_is_under_way_ends()
    {
        var bed = new PlannerBed(("a", []), ("b", ["a"])).Decide().Begin("a").Act(ActKind.Pause);
        bed.Receive(WorkKind.Apply, "a", StepResult.Completed());
        Assert.Equal((RunState.Paused, StepState.Succeeded, StepState.Ready), (bed.Run.State, bed["a"].State, bed["b"].State));
        Assert.Null(bed.NextLook);

        bed.Act(ActKind.Resume).BeginAndComplete("b");
        Assert.Equal(RunState.Succeeded, bed.Run.State);
    }

    [Fact]
    public void A_plan_that_arrives_while_paused_is_not_applied_before_the_resume()
    {
        var bed = new PlannerBed(("a", [])).Decide().Act(ActKind.Pause).Begin("a");
        Assert.Equal(StepState.Ready, bed["a"].State);
        bed.Act(ActKind.Resume).Begin("a");
        Assert.Equal(StepState.Applying, bed["a"].State);
    }

    [Fact]
    public void Cancelling_lets_an_apply_end_and_starts_nothing_after_it()
    {
        var bed = new PlannerBed(("a", []), ("b", ["a"])).Decide().Begin("a").Act(ActKind.Cancel);
        Assert.Equal((RunState.Running, StepState.Applying, StepState.Cancelled), (bed.Run.State, bed["a"].State, bed["b"].State));

        bed.Receive(WorkKind.Apply, "a", StepResult.Completed());
        Assert.Equal((RunState.Cancelled, StepState.Succeeded), (bed.Run.State, bed["a"].State));
    }

    [Fact]
    public void A_cancel_that_stops_nothing_ends_the_run_as_its_steps_end()
    {
        var good = new PlannerBed(("a", [])).Decide().Begin("a").Act(ActKind.Cancel).Receive(WorkKind.Apply, "a", StepResult.Completed());
        Assert.Equal((RunState.Succeeded, StepState.Succeeded), (good.Run.State, good["a"].State));
        Assert.Contains(good.Notices, notice => notice.Kind == "RunSucceeded");

        var bad = new PlannerBed(("a", [])).Decide().Begin("a").Act(ActKind.Cancel).Receive(WorkKind.Apply, "a", StepResult.Terminal("Refused", "Refused."));
        Assert.Equal(RunState.Failed, bad.Run.State);
        bad.Act(ActKind.RetryStep, "a").BeginAndComplete("a");
        Assert.Equal(RunState.Succeeded, bad.Run.State);
    }

    [Fact]
    public void Cancelling_a_paused_run_ends_it()
    {
        var bed = new PlannerBed(("a", []), ("b", ["a"])).Decide().BeginAndComplete("a").Act(ActKind.Pause).Act(ActKind.Cancel);
        Assert.Equal(RunState.Cancelled, bed.Run.State);
    }

    [Fact]
    public void A_step_that_only_waits_for_health_is_a_safe_point()
    {
        var bed = new PlannerBed(("a", [])).Decide().Begin("a");
        bed.Receive(WorkKind.Apply, "a", StepResult.InProgress(TimeSpan.FromSeconds(5), verifying: true)).Act(ActKind.Cancel);
        Assert.Equal((RunState.Cancelled, StepState.Cancelled), (bed.Run.State, bed["a"].State));
        Assert.Contains(new WorkOrder(WorkKind.Cancel, "a", 1), bed.Work);
    }

    [Theory]
    [InlineData(RunState.Planning)]
    [InlineData(RunState.Running)]
    public void A_Terraform_that_plans_is_asked_to_stop(RunState state)
    {
        var bed = new PlannerBed([PlannerBed.Step("a") with { Executor = "terraform" }, PlannerBed.Step("b", 1)], state);
        if (state is RunState.Running)
            bed.Decide();
        bed.Act(ActKind.Cancel);
        Assert.Equal(RunState.Cancelled, bed.Run.State);
        Assert.Equal("a", Assert.Single(bed.Work, order => order.Kind is WorkKind.Cancel).Node);
    }

    [Fact]
    public async Task An_executor_is_told_to_stop_also_when_the_run_ends_in_the_same_moment_and_the_entity_says_that_it_is_half_way()
    {
        var ct = TestContext.Current.CancellationToken;
        var cloud = new CloudDouble { NeverHealthy = true };
        await using var bed = await EngineBed.OpenAsync(more: cloud);
        var environment = await bed.CreateAsync(EngineBed.Blueprint("one", [("a", [])], CloudDouble.Type()), [CloudDouble.Type()], cloud: CloudDouble.Cloud);
        await using var owner = await bed.OwnAsync(environment.Id);
        var run = Journey.Value(await owner.ExecuteAsync(new StartRun(EngineBed.Person, RunKind.Apply), ct)).Run;
        await Cluster.Eventually.BecomesAsync("step a is Verifying", () => bed.StepsAsync(run.Id), steps => steps.SingleOrDefault()?.State is StepState.Verifying, ct);
        Journey.Value(await owner.ExecuteAsync(new DecideRun(EngineBed.Person, run.Id, RunVerb.Cancel), ct));
        Assert.Equal("a Cancelled", await cloud.Cancelled.Task.WaitAsync(TimeSpan.FromSeconds(60), TimeProvider.System, ct));
        var entity = await bed.ReadAsync(db => Task.FromResult(db.Entities.Single()));
        Assert.Equal((EntityState.Degraded, Reasons.CancelledByPerson), (entity.State, entity.Reason));
    }

    [Fact]
    public void What_stops_when_it_is_asked_to_has_no_next_try()
    {
        var bed = new PlannerBed([PlannerBed.Step("a") with { Attempt = PlannerBed.Rules.Attempts }]).Decide().Begin("a").Act(ActKind.Cancel);
        bed.Receive(WorkKind.Apply, "a", StepResult.Transient(Reasons.Interrupted, "Stopped."));
        Assert.Equal((RunState.Cancelled, StepState.Cancelled, "Stopped."), (bed.Run.State, bed["a"].State, bed["a"].Message));
        Assert.DoesNotContain(bed.Notices, notice => notice.Kind == "StepRetry");
    }

    [Fact]
    public void What_waits_for_its_next_try_is_cancelled_at_once()
    {
        var bed = new PlannerBed(("a", [])).Decide().Begin("a").Receive(WorkKind.Apply, "a", StepResult.Transient("Busy", "Busy.")).Act(ActKind.Cancel);
        Assert.Equal(RunState.Cancelled, bed.Run.State);
    }

    [Theory]
    [InlineData(ActKind.Pause, RunState.Paused)]
    [InlineData(ActKind.Resume, RunState.Running)]
    [InlineData(ActKind.Cancel, RunState.Succeeded)]
    public void A_wish_in_the_wrong_state_is_an_error_and_changes_nothing(ActKind act, RunState state)
    {
        var bed = new PlannerBed([PlannerBed.Step("a")], state);
        Assert.Equal(state.ToString(), Assert.Throws<WrongStateException>(() => bed.Act(act)).State);
        Assert.Equal(state, bed.Run.State);
    }
}
