using Fabric.Tests.Engine.Simulation;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Executors;
using Fabric.Workflows.Runs;

namespace Fabric.Tests.Engine;

/// <summary>A plan that a person refused, or let expire, is never carried out by trying again.</summary>
public sealed class RefusedPlans
{
    private static StepResult Real(string hash, PlanAction action = PlanAction.Delete) => StepResult.Planned(new StepPlan(action, [], true, hash));

    [Fact]
    public void A_retry_after_a_no_asks_again_for_the_same_plan()
    {
        var bed = Asked().Act(ActKind.RejectStep, "a", "too much").Act(ActKind.RetryStep, "a");
        bed.Receive(WorkKind.Plan, "a", Real("real"));
        Assert.Equal((StepState.AwaitingApproval, Reasons.OutsideApproval, "customer"), (bed["a"].State, bed["a"].Reason, bed["a"].ApprovalBy));
        Assert.DoesNotContain(bed.Work, order => order.Kind is WorkKind.Apply);
    }

    [Fact]
    public void A_retry_after_nobody_answered_asks_again_for_the_same_plan()
    {
        var bed = Asked().Later(PlannerBed.Rules.ApprovalTimeout).Decide();
        Assert.Equal((StepState.Failed, Reasons.ApprovalExpired), (bed["a"].State, bed["a"].Reason));
        bed.Act(ActKind.RetryStep, "a").Receive(WorkKind.Plan, "a", Real("real"));
        Assert.Equal(StepState.AwaitingApproval, bed["a"].State);
    }

    [Fact]
    public void A_retry_after_a_no_asks_also_for_less_unless_it_is_nothing()
    {
        var less = Asked().Act(ActKind.RejectStep, "a").Act(ActKind.RetryStep, "a").Receive(WorkKind.Plan, "a", Real("less", PlanAction.Update));
        Assert.Equal(StepState.AwaitingApproval, less["a"].State);
        var nothing = Asked().Act(ActKind.RejectStep, "a").Act(ActKind.RetryStep, "a").Receive(WorkKind.Plan, "a", Real("none", PlanAction.None));
        Assert.Equal(StepState.Succeeded, nothing["a"].State);
    }

    [Fact]
    public void A_plan_that_was_asked_for_and_is_lost_sight_of_while_planning_asks_still()
    {
        var bed = Asked().Act(ActKind.RejectStep, "a").Act(ActKind.RetryStep, "a");
        bed.Receive(WorkKind.Plan, "a", StepResult.Transient("Busy", "Busy.")).Later(TimeSpan.FromHours(1)).Decide().Recover();
        bed.Receive(WorkKind.Plan, "a", Real("real"));
        Assert.Equal(StepState.AwaitingApproval, bed["a"].State);
    }

    [Fact]
    public void A_yes_that_was_given_holds_for_a_retry_of_the_same_plan()
    {
        var bed = Asked().Act(ActKind.ApproveStep, "a").Receive(WorkKind.Plan, "a", Real("real"));
        bed.Receive(WorkKind.Apply, "a", StepResult.Terminal("Refused", "Refused.")).Act(ActKind.RetryStep, "a");
        bed.Receive(WorkKind.Plan, "a", Real("real"));
        Assert.Equal(StepState.Applying, bed["a"].State);
    }

    [Fact]
    public void A_yes_to_a_plan_that_is_not_known_in_full_lets_it_go_on()
    {
        var open = StepResult.Planned(new StepPlan(PlanAction.Delete, [], false, null));
        var bed = Approved().Decide().Receive(WorkKind.Plan, "a", open).Act(ActKind.ApproveStep, "a").Receive(WorkKind.Plan, "a", open);
        Assert.Equal(StepState.Applying, bed["a"].State);
    }

    [Fact]
    public void On_the_sandbox_no_plan_of_a_step_asks()
    {
        var bed = Approved(ExecutorNames.Sandbox).Decide().Receive(WorkKind.Plan, "a", Real("real"));
        Assert.Equal(StepState.Applying, bed["a"].State);
    }

    private static PlannerBed Asked()
    {
        var bed = Approved().Decide().Receive(WorkKind.Plan, "a", Real("real"));
        Assert.Equal(StepState.AwaitingApproval, bed["a"].State);
        return bed;
    }

    private static PlannerBed Approved(string executor = ExecutorNames.Terraform) => new(
        [PlannerBed.Step("a") with { Executor = executor, Plan = new StepPlan(PlanAction.Update, [], true, "seen"), Action = PlanAction.Update }]);
}
