using Fabric.Tests.Engine.Simulation;
using Fabric.Tests.Support;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Engine.Operations;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Executors;
using Fabric.Workflows.Runs;

namespace Fabric.Tests.Engine;

public sealed class Approvals
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_destroy_outside_the_sandbox_waits_for_a_yes_to_exactly_its_plan()
    {
        var cloud = new CloudDouble();
        await using var bed = await EngineBed.OpenAsync(more: cloud);
        var environment = await CreateAsync(bed);
        await using var owner = await bed.OwnAsync(environment.Id);
        await bed.RunAsync(owner, RunKind.Apply);

        var asked = await AskedAsync(bed, owner);
        Assert.Equal("customer", asked.ApprovalBy);
        Assert.Equal(["Create a"], cloud.Applied);

        var wrong = await owner.ExecuteAsync(new DecideRun(EngineBed.Person, asked.Id, RunVerb.Approve, "another plan"), Stop);
        Assert.Equal((FaultKind.PreconditionFailed, "planHash"), (wrong.Faults[0].Kind, wrong.Faults[0].Field));

        var ended = bed.WaitForEndAsync();
        Journey.Value(await owner.ExecuteAsync(new DecideRun(EngineBed.Person, asked.Id, RunVerb.Approve, asked.PlanHash), Stop));
        Assert.Equal(RunState.Succeeded, (await ended).State);
        Assert.Equal(["Create a", "Delete a"], cloud.Applied);
    }

    [Fact]
    public async Task A_rejected_plan_changes_nothing()
    {
        var cloud = new CloudDouble();
        await using var bed = await EngineBed.OpenAsync(more: cloud);
        var environment = await CreateAsync(bed);
        await using var owner = await bed.OwnAsync(environment.Id);
        await bed.RunAsync(owner, RunKind.Apply);
        var asked = await AskedAsync(bed, owner);

        var done = Journey.Value(await owner.ExecuteAsync(new DecideRun(EngineBed.Person, asked.Id, RunVerb.Reject, asked.PlanHash, "not now"), Stop));
        Assert.Equal(RunState.Cancelled, done.Run.State);
        Assert.Equal(["Create a"], cloud.Applied);
        Assert.Equal(EnvironmentState.Ready, (await bed.ReadAsync(db => Task.FromResult(db.Environments.Single()))).State);
    }

    [Fact]
    public async Task A_plan_that_nobody_approves_in_time_fails_and_changes_nothing()
    {
        var cloud = new CloudDouble();
        await using var bed = await EngineBed.OpenAsync(EngineBed.FastRules with { ApprovalTimeout = TimeSpan.FromMilliseconds(200) }, more: cloud);
        var environment = await CreateAsync(bed);
        await using var owner = await bed.OwnAsync(environment.Id);
        await bed.RunAsync(owner, RunKind.Apply);

        var run = await bed.RunAsync(owner, RunKind.Destroy);
        Assert.Equal((RunState.Failed, Reasons.ApprovalExpired), (run.State, run.Reason));
        Assert.Equal(["Create a"], cloud.Applied);
    }

    [Fact]
    public async Task A_newer_change_takes_the_place_of_one_that_waits_for_a_yes()
    {
        await using var bed = await EngineBed.OpenAsync(more: new CloudDouble());
        var environment = await CreateAsync(bed);
        await using var owner = await bed.OwnAsync(environment.Id);
        await bed.RunAsync(owner, RunKind.Apply);
        var moved = EngineBed.Blueprint("one", [("b", [])], CloudDouble.Type(), version: 2);
        var waits = bed.WaitAsync(run => run.State is RunState.AwaitingApproval, "a plan that waits");
        Journey.Value(await owner.ExecuteAsync(await bed.ChangeOfAsync(environment.Id, moved, Journey.Size(1), CloudDouble.Type()), Stop));
        var first = await waits;

        var superseded = bed.WaitAsync(run => run.Id == first.Id && run.State.IsTerminal(), "the older plan's end");
        var ended = bed.WaitAsync(run => run.Number == first.Number + 1 && run.State.IsTerminal(), "the newer change's end");
        var blueprint = EngineBed.Blueprint("one", [("a", [])], CloudDouble.Type());
        Journey.Value(await owner.ExecuteAsync(await bed.ChangeOfAsync(environment.Id, blueprint, Journey.Size(5), CloudDouble.Type()), Stop));
        Assert.Equal(RunState.Superseded, (await superseded).State);
        Assert.Equal(RunState.Succeeded, (await ended).State);

        var late = await owner.ExecuteAsync(new DecideRun(EngineBed.Person, first.Id, RunVerb.Approve, first.PlanHash), Stop);
        Assert.Equal(FaultKind.WrongState, late.Faults[0].Kind);
    }

    [Fact]
    public void A_plan_that_turns_out_otherwise_than_approved_is_stale_and_asks_again()
    {
        var approved = PlannerBed.Step("a") with { Executor = ExecutorNames.Terraform, Plan = new StepPlan(PlanAction.Update, [], true, "seen"), Action = PlanAction.Update };
        var bed = new PlannerBed([approved]);
        bed.Decide().Receive(WorkKind.Plan, "a", StepResult.Planned(new StepPlan(PlanAction.Delete, [], true, "real")));
        Assert.Contains(bed.Notices, notice => notice.Kind == "StepPlanStale");
        Assert.Equal((StepState.AwaitingApproval, Reasons.OutsideApproval), (bed["a"].State, bed["a"].Reason));

        bed.Act(ActKind.ApproveStep, "a").Receive(WorkKind.Plan, "a", StepResult.Planned(new StepPlan(PlanAction.Delete, [], true, "real")));
        Assert.Equal(StepState.Applying, bed["a"].State);
    }

    [Fact]
    public void A_yes_to_one_step_s_plan_does_not_cover_the_next()
    {
        var approved = PlannerBed.Step("a") with { Executor = ExecutorNames.Terraform, Plan = new StepPlan(PlanAction.Update, [], true, "seen"), Action = PlanAction.Update };
        var bed = new PlannerBed([approved]);
        bed.Decide().Receive(WorkKind.Plan, "a", StepResult.Planned(new StepPlan(PlanAction.Delete, [], true, "real"))).Act(ActKind.ApproveStep, "a");
        bed.Receive(WorkKind.Plan, "a", StepResult.Planned(new StepPlan(PlanAction.Replace, [], true, "yet another")));
        Assert.Equal(StepState.AwaitingApproval, bed["a"].State);
    }

    private static Task<FabricEnvironment> CreateAsync(EngineBed bed) =>
        bed.CreateAsync(EngineBed.Blueprint("one", [("a", [])], CloudDouble.Type()), [CloudDouble.Type()], cloud: CloudDouble.Cloud);

    private static async Task<Run> AskedAsync(EngineBed bed, EnvironmentOwner owner)
    {
        var asked = bed.WaitAsync(run => run.State is RunState.AwaitingApproval, "a plan that waits");
        Journey.Value(await owner.ExecuteAsync(new StartRun(EngineBed.Person, RunKind.Destroy), Stop));
        return await asked;
    }
}
