using Fabric.Tests.Cluster;
using Fabric.Tests.Engine.Simulation;
using Fabric.Tests.Support;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Engine.Operations;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Executors.Terraform;
using Fabric.Workflows.Runs;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Tests.Terraform;

/// <summary>A plan that waits for a yes: that very plan is applied, by whoever owns the environment then, or none.</summary>
public sealed class WaitingPlans
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_outlives_its_owner_and_is_applied_as_it_is()
    {
        await using var bed = await TerraformBed.OpenAsync(Stop);
        var (environment, asked) = await AskedAsync(bed);
        await using var owner = await bed.Bed.OwnAsync(environment.Id);
        var over = bed.Bed.WaitAsync(run => run.Id == asked.Id && run.State.IsTerminal(), "the end of the run", 120);
        Journey.Value(await owner.ExecuteAsync(new DecideRun(EngineBed.Person, asked.Id, RunVerb.Approve, asked.PlanHash), Stop));

        Assert.Equal(RunState.Succeeded, (await over).State);
        Assert.Equal([LeaseKind.Plan, LeaseKind.Apply], await KindsAsync(bed, asked));
    }

    [Fact]
    public async Task When_the_state_has_changed_since_it_is_not_applied_and_what_is_planned_anew_asks_again()
    {
        await using var bed = await TerraformBed.OpenAsync(Stop);
        var (environment, asked) = await AskedAsync(bed);
        var entity = (await bed.Bed.EntitiesAsync(environment.Id)).Single();
        // The first version knows a note that is gone: what is planned on it deletes more than was agreed.
        Assert.True((await bed.Shop.States.RestoreAsync(EngineBed.Person, entity.Id, 1, "a test", Stop)).IsGood);
        await using var owner = await bed.Bed.OwnAsync(environment.Id);
        Journey.Value(await owner.ExecuteAsync(new DecideRun(EngineBed.Person, asked.Id, RunVerb.Approve, asked.PlanHash), Stop));

        var step = await Eventually.BecomesAsync("the step asks again", async () => (await bed.Bed.StepsAsync(asked.Id)).Single(), step => step.State is StepState.AwaitingApproval, Stop);
        Assert.Equal(Reasons.OutsideApproval, step.Reason);
        Assert.Contains(await bed.Bed.ReadAsync(db => db.RunEvents.Where(e => e.RunId == asked.Id).ToListAsync(Stop)), e => e.Kind == "StepPlanStale");
        Assert.Equal([LeaseKind.Plan, LeaseKind.Plan], await KindsAsync(bed, asked));
    }

    [Fact]
    public void What_a_failed_try_found_left_is_no_part_of_what_was_agreed()
    {
        var left = StepResult.Transient("Reason", "Why.") with { Left = [new ResourceChange("a", "t", PlanAction.Delete, []), new ResourceChange("b", "t", PlanAction.Delete, [])] };
        var agreed = new StepPlan(PlanAction.Delete, [], true, "hash") { SourceHash = "source", Resources = [new ResourceChange("a", "t", PlanAction.Delete, [])] };
        var bed = new PlannerBed([PlannerBed.Step("a") with { Plan = agreed, Action = PlanAction.Delete }]).Decide().Receive(WorkKind.Plan, "a", left);
        Assert.Equal(["a"], bed["a"].Plan!.Resources.Select(resource => resource.Address));
        Assert.Equal(2, bed["a"].Plan!.Left!.Count);
    }

    /// <summary>An environment that stands, and a run that would replace something and waits for a yes; its owner is gone.</summary>
    private static async Task<(FabricEnvironment Environment, Run Asked)> AskedAsync(TerraformBed bed)
    {
        var blueprint = SmallModule.Blueprint("only");
        var environment = await bed.CreateAsync(blueprint, SmallModule.Values(2));
        await using var owner = await bed.Bed.OwnAsync(environment.Id);
        Assert.Equal(RunState.Succeeded, (await bed.ThroughAsync(owner, new StartRun(EngineBed.Person, RunKind.Apply))).State);
        Assert.Equal(RunState.Succeeded, (await bed.ThroughAsync(owner, await bed.Bed.ChangeOfAsync(environment.Id, blueprint, SmallModule.Values(1), SmallModule.Type))).State);
        var asks = bed.Bed.WaitAsync(run => run.State is RunState.AwaitingApproval, "a run that asks", 120);
        Journey.Value(await owner.ExecuteAsync(await bed.Bed.ChangeOfAsync(environment.Id, blueprint, SmallModule.Values(1, "there"), SmallModule.Type), Stop));
        return (environment, await asks);
    }

    private static async Task<List<LeaseKind>> KindsAsync(TerraformBed bed, Run run) =>
        await bed.Bed.ReadAsync(db => db.Leases.Where(lease => lease.RunId == run.Id).OrderBy(lease => lease.Id).Select(lease => lease.Kind).ToListAsync(Stop));
}
