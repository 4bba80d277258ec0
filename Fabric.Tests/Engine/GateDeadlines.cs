using Fabric.Tests.Engine.Simulation;
using Fabric.Tests.Support;
using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Engine.Operations;
using Fabric.Workflows.Runs;

namespace Fabric.Tests.Engine;

/// <summary>A gate waits as long as its own deadline says; the look at it is in the snapshot, not in a timer.</summary>
public sealed class GateDeadlines
{
    private static readonly TimeSpan Deadline = TimeSpan.FromHours(4);

    [Fact]
    public void A_gate_with_a_deadline_of_its_own_is_looked_at_then_and_fails_with_a_constant_reason()
    {
        var bed = new PlannerBed([Gate(Deadline), PlannerBed.Step("after", 1, ["gate"])]).Decide();
        Assert.Equal((StepState.AwaitingApproval, bed.Now + Deadline), (bed["gate"].State, bed["gate"].DeadlineAt));
        Assert.Equal(bed.Now + Deadline, bed.NextLook);

        bed.Later(Deadline - TimeSpan.FromTicks(1)).Decide();
        Assert.Equal(StepState.AwaitingApproval, bed["gate"].State);

        bed.Later(TimeSpan.FromTicks(1)).Decide();
        Assert.Equal((StepState.Failed, Reasons.ApprovalExpired, StepState.Blocked), (bed["gate"].State, bed["gate"].Reason, bed["after"].State));
        Assert.Equal((RunState.Failed, Reasons.StepFailed), (bed.Run.State, bed.Run.Reason));
        Assert.Contains("Nobody said yes within 04:00:00", bed.Run.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gate_without_one_waits_as_long_as_any_approval()
    {
        var bed = new PlannerBed([Gate(null)]).Decide();
        Assert.Equal(bed.Now + PlannerBed.Rules.ApprovalTimeout, bed["gate"].DeadlineAt);
    }

    [Fact]
    public void A_retry_asks_anew_with_the_full_deadline()
    {
        var bed = new PlannerBed([Gate(Deadline)]).Decide().Later(Deadline).Decide();
        Assert.Equal(StepState.Failed, bed["gate"].State);
        bed.Act(ActKind.RetryStep, "gate");
        Assert.Equal((RunState.Running, StepState.AwaitingApproval, bed.Now + Deadline), (bed.Run.State, bed["gate"].State, bed["gate"].DeadlineAt));
    }

    [Fact]
    public void A_yes_in_time_ends_the_wait()
    {
        var bed = new PlannerBed([Gate(Deadline)]).Decide().Later(Deadline / 2).Act(ActKind.ApproveStep, "gate");
        Assert.Equal(RunState.Succeeded, bed.Run.State);
        Assert.Null(bed.NextLook);
    }

    [Fact]
    public async Task The_deadline_of_a_blueprint_reaches_the_run_and_ends_it_with_nobody_watching()
    {
        await using var bed = await EngineBed.OpenAsync();
        var gate = new BlueprintNode { Name = "gate", Kind = NodeKind.Approval, Gate = new GateSpec { By = "customer", Deadline = TimeSpan.FromMilliseconds(200) }, DependsOn = [] };
        var environment = await bed.CreateAsync(Gates.Gated(gate));
        await using var owner = await bed.OwnAsync(environment.Id);
        var run = await bed.RunAsync(owner, RunKind.Apply);
        Assert.Equal(RunState.Failed, run.State);
        Assert.Equal(Reasons.ApprovalExpired, (await bed.StepsAsync(run.Id)).Single(step => step.Node == "gate").Reason);
    }

    private static Step Gate(TimeSpan? deadline) => PlannerBed.Step("gate", kind: StepKind.Approval) with { ApprovalBy = "customer", ApprovalWithin = (long?)deadline?.TotalMilliseconds };
}
