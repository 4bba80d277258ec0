using Fabric.Tests.Engine.Simulation;
using Fabric.Tests.Support;
using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Engine.Operations;
using Fabric.Workflows.Executors.Sandbox;
using Fabric.Workflows.Runs;
using Fabric.Workflows.Tenancy;

namespace Fabric.Tests.Engine;

/// <summary>Nothing passes a gate but the yes it asks for, given since it was asked.</summary>
public sealed class GatesHold
{
    private static readonly Actor Vendor = new("v1", "Vera", ActorKind.Person, Actor.VendorTenant, Role.Sre);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_gate_that_was_refused_cannot_be_skipped()
    {
        await using var bed = await EngineBed.OpenAsync();
        await using var owner = await OwnAsync(bed, "customer");
        var run = Journey.Value(await owner.ExecuteAsync(new StartRun(EngineBed.Person, RunKind.Apply), Stop)).Run;
        await SayAsync(owner, run, EngineBed.Person, StepVerb.Reject);

        var skipped = await owner.ExecuteAsync(new DecideStep(Vendor, run.Id, "gate", StepVerb.Skip, "in a hurry"), Stop);
        Assert.Equal(FaultKind.WrongState, skipped.Faults[0].Kind);
        Assert.Contains("nothing passes it but the yes it asks for", skipped.Faults[0].Message, StringComparison.Ordinal);
        Assert.Empty(await bed.World.ApplicationsAsync(run.EnvironmentId));
        Assert.DoesNotContain(await AuditedAsync(bed), action => action == "step.skip");
    }

    [Fact]
    public void The_planner_refuses_such_a_skip_too()
    {
        var bed = new PlannerBed([PlannerBed.Step("gate", kind: StepKind.Approval)]).Decide().Act(ActKind.RejectStep, "gate");
        Assert.Throws<WrongStateException>(() => bed.Act(ActKind.SkipStep, "gate", "in a hurry"));
        Assert.Equal(StepState.Failed, bed["gate"].State);
    }

    [Fact]
    public async Task A_no_voids_the_yes_before_it()
    {
        await using var bed = await EngineBed.OpenAsync();
        await using var owner = await OwnAsync(bed, "both");
        var run = Journey.Value(await owner.ExecuteAsync(new StartRun(EngineBed.Person, RunKind.Apply), Stop)).Run;
        await SayAsync(owner, run, EngineBed.Person, StepVerb.Approve);
        await SayAsync(owner, run, EngineBed.Person, StepVerb.Reject);
        await SayAsync(owner, run, EngineBed.Person, StepVerb.Retry);

        Assert.Equal(StepState.AwaitingApproval, (await SayAsync(owner, run, Vendor, StepVerb.Approve)).State);
        Assert.Equal(StepState.Succeeded, (await SayAsync(owner, run, EngineBed.Person, StepVerb.Approve)).State);
    }

    [Fact]
    public void A_yes_to_a_gate_that_expired_does_not_count_when_it_is_asked_anew()
    {
        var bed = new PlannerBed([PlannerBed.Step("gate", kind: StepKind.Approval) with { ApprovalBy = "both" }]).Decide();
        var yes = Yes(bed.Later(TimeSpan.FromHours(1)).Now);
        Assert.Equal(["customer"], GivenApprovals.Of([yes], Guid.Empty, "gate", "", bed["gate"].StartedAt).Parties);

        bed.Later(PlannerBed.Rules.ApprovalTimeout).Decide();
        Assert.Equal(Reasons.ApprovalExpired, bed["gate"].Reason);
        bed.Act(ActKind.RetryStep, "gate");
        Assert.Equal(bed.Now, bed["gate"].StartedAt);
        Assert.Empty(GivenApprovals.Of([yes], Guid.Empty, "gate", "", bed["gate"].StartedAt).Parties);
        Assert.Equal(["customer"], GivenApprovals.Of([yes, Yes(bed.Now)], Guid.Empty, "gate", "", bed["gate"].StartedAt).Parties);
    }

    [Theory]
    [InlineData("vendor")]
    [InlineData("both")]
    public async Task In_its_own_environments_the_vendor_is_the_customer_too(string by)
    {
        await using var bed = await EngineBed.OpenAsync();
        await using var owner = await OwnAsync(bed, by, tenant: Actor.VendorTenant);
        var ended = bed.WaitForEndAsync();
        var run = Journey.Value(await owner.ExecuteAsync(new StartRun(Vendor, RunKind.Apply), Stop)).Run;
        Assert.True(Vendor.SpeaksFor(run.Tenant, by));
        await SayAsync(owner, run, Vendor, StepVerb.Approve);
        Assert.Equal(RunState.Succeeded, (await ended).State);
    }

    private static Approval Yes(DateTimeOffset at) => new()
    {
        Id = Guid.Empty, Tenant = "sample", RunId = Guid.Empty, Node = "gate", PlanHash = "", Party = "customer", Approved = true, ActorId = "p1", ActorName = "Pia", At = at,
    };

    private static async Task<EnvironmentOwner> OwnAsync(EngineBed bed, string by, string tenant = "sample")
    {
        var gate = new BlueprintNode { Name = "gate", Kind = NodeKind.Approval, Gate = new GateSpec { By = by }, DependsOn = [] };
        return await bed.OwnAsync((await bed.CreateAsync(Gates.Gated(gate), tenant: tenant)).Id);
    }

    private static async Task<Step> SayAsync(EnvironmentOwner owner, Run run, Actor actor, StepVerb verb) =>
        Journey.Value(await owner.ExecuteAsync(new DecideStep(actor, run.Id, "gate", verb), Stop)).Step!;

    private static Task<List<string>> AuditedAsync(EngineBed bed) => bed.ReadAsync(db => Task.FromResult(db.AuditEvents.Select(line => line.Action).ToList()));
}
