using Fabric.Tests.Engine.Simulation;
using Fabric.Tests.Support;
using Fabric.Workflows.Clouds;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Engine.Operations;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Executors.Terraform;
using Fabric.Workflows.Runs;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;
using EntityState = Fabric.Workflows.Environments.EntityState;

namespace Fabric.Tests.Terraform;

/// <summary>A customer who took Fabric's access away: its environment can be ended all the same, and says what is left.</summary>
public sealed class AccountGone
{
    private static readonly Actor Vendor = new("v1", "Vera", ActorKind.Person, Actor.VendorTenant, Role.Sre);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_destroy_fails_at_what_it_cannot_reach_and_who_skips_that_is_told_what_stays()
    {
        var access = new Withdrawn();
        await using var bed = await TerraformBed.OpenAsync(Stop, clouds: access);
        var environment = await bed.Bed.CreateAsync(SmallModule.Blueprint("first", "second"), [SmallModule.Type], parameters: SmallModule.Values(2), cloud: "aws", account: Guid.NewGuid());
        await using var owner = await bed.Bed.OwnAsync(environment.Id);
        Assert.Equal(RunState.Succeeded, (await bed.ThroughAsync(owner, new StartRun(EngineBed.Person, RunKind.Apply))).State);
        access.IsWithdrawn = true;

        var destroy = await bed.ThroughAsync(owner, new StartRun(EngineBed.Person, RunKind.Destroy));
        Assert.Equal(RunState.Failed, destroy.State);
        Assert.Equal(2, await bed.Bed.ReadAsync(db => db.RunEvents.CountAsync(e => e.RunId == destroy.Id && e.Kind == "StepPlanFailed" && e.Message.Contains("The role is gone."), Stop)));
        foreach (var node in new[] { "second", "first" })
        {
            var step = (await bed.Bed.StepsAsync(destroy.Id)).Single(step => step.Node == node);
            Assert.Equal(StepState.Failed, step.State);
            Assert.Contains("The role is gone.", step.Message, StringComparison.Ordinal);
            var next = bed.Bed.WaitAsync(run => run.Id == destroy.Id && run.State is RunState.Succeeded or RunState.Failed && run.EndedAt > destroy.EndedAt, "the run without it", 240);
            Journey.Value(await owner.ExecuteAsync(new DecideStep(Vendor, destroy.Id, node, StepVerb.Skip, "the role is gone for good"), Stop));
            destroy = await next;
        }

        Assert.Equal(RunState.Succeeded, destroy.State);
        Assert.All(await bed.Bed.EntitiesAsync(environment.Id), entity =>
        {
            Assert.Equal(EntityState.Abandoned, entity.State);
            Assert.Contains("Left: terraform_data.note[0], terraform_data.note[1], terraform_data.secret.", entity.Message, StringComparison.Ordinal);
            Assert.Contains("The role is gone.", entity.Message, StringComparison.Ordinal);
        });
        Assert.Equal(EnvironmentState.Destroyed, (await bed.Bed.ReadAsync(db => db.Environments.SingleAsync(Stop))).State);
    }

    [Fact]
    public async Task An_apply_that_cannot_be_planned_says_at_its_step_why_and_blames_nobody()
    {
        var access = new Withdrawn { IsWithdrawn = true };
        await using var bed = await TerraformBed.OpenAsync(Stop, clouds: access);
        var environment = await bed.Bed.CreateAsync(SmallModule.Blueprint("first", "second"), [SmallModule.Type], parameters: SmallModule.Values(1), cloud: "aws", account: Guid.NewGuid());
        await using var owner = await bed.Bed.OwnAsync(environment.Id);
        var run = await bed.ThroughAsync(owner, new StartRun(EngineBed.Person, RunKind.Apply));
        Assert.Equal(RunState.Failed, run.State);
        var steps = await bed.Bed.StepsAsync(run.Id);
        var failed = Assert.Single(steps, step => step.Reason == Reasons.AccountUnusable);
        Assert.Contains("The role is gone.", failed.Message, StringComparison.Ordinal);
        Assert.Equal(Reasons.PlanFailed, Assert.Single(steps, step => step.Node != failed.Node).Reason);
    }

    private sealed class Withdrawn : NoAccounts
    {
        public bool IsWithdrawn { get; set; }

        public override Task<Outcome<CloudSession>> OpenAsync(FabricEnvironment environment, string purpose, CancellationToken cancellationToken) => Task.FromResult<Outcome<CloudSession>>(IsWithdrawn
            ? new OperationFault(FaultKind.WrongState, "AccountUnusable", "The role is gone.")
            : new CloudSession("123456789012", new Dictionary<string, string>(), [], null));
    }
}
