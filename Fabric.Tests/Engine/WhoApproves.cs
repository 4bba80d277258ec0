using Fabric.Tests.Engine.Simulation;
using Fabric.Tests.Support;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Engine.Operations;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Executors;
using Fabric.Workflows.Runs;
using Fabric.Workflows.Tenancy;

namespace Fabric.Tests.Engine;

/// <summary>Policy says whose yes a plan needs, and whether it may be that of who asked for it.</summary>
public sealed class WhoApproves
{
    private static readonly Actor Vendor = new("v1", "Vera", ActorKind.Person, Actor.VendorTenant, Role.Sre);
    private static readonly Actor Colleague = EngineBed.Person with { Id = "p2", Name = "Paul" };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("customer", "customer", false, false, "customer")]
    [InlineData("customer", "customer", true, false, null)]
    [InlineData("customer", "customer", true, true, "customer")]
    [InlineData(null, "customer", false, false, null)]
    [InlineData(null, "vendor", false, true, "vendor")]
    [InlineData("vendor", "customer", true, false, "vendor")]
    [InlineData("both", "customer", true, false, "vendor")]
    [InlineData("both", "customer", false, false, "both")]
    public void The_table_of_who_is_asked_for_a_delete(string? risky, string isProtected, bool autoApprove, bool protect, string? by)
    {
        var policy = new ApprovalPolicy(risky, isProtected);
        var step = PlannerBed.Step("a") with { Action = PlanAction.Delete, Protect = protect };
        Assert.Equal(by, ApprovalRules.RequiredBy(policy, Environment(CloudDouble.Cloud, autoApprove), [step]));
        Assert.Null(ApprovalRules.RequiredBy(policy, Environment(FabricEnvironment.SandboxCloud, autoApprove), [step]));
        Assert.Null(ApprovalRules.RequiredBy(policy, Environment(CloudDouble.Cloud, autoApprove), [step with { Action = PlanAction.Update }]));
    }

    [Fact]
    public void Two_steps_that_ask_different_parties_ask_both()
    {
        var plain = PlannerBed.Step("a") with { Action = PlanAction.Delete };
        Assert.Equal("both", ApprovalRules.RequiredBy(new ApprovalPolicy("vendor"), Environment(CloudDouble.Cloud, false), [plain, plain with { Protect = true }]));
        Assert.Equal("both", new ApprovalPolicy("vendor").Beyond(new PlannerBed(("a", [])).Run, plain with { Executor = ExecutorNames.Cluster, Protect = true }, new StepPlan(PlanAction.Delete, [], true, null)));
    }

    [Fact]
    public async Task A_protected_delete_asks_also_where_plans_approve_themselves()
    {
        var cloud = new CloudDouble();
        await using var bed = await EngineBed.OpenAsync(more: cloud);
        await using var owner = await ReadyAsync(bed, protect: true, autoApprove: true);
        Assert.Equal("customer", (await AskedAsync(bed, owner)).ApprovalBy);
        Assert.Equal(["Create a"], cloud.Applied);
    }

    [Fact]
    public async Task A_delete_of_what_is_not_protected_approves_itself_there()
    {
        var cloud = new CloudDouble();
        await using var bed = await EngineBed.OpenAsync(more: cloud);
        await using var owner = await ReadyAsync(bed, protect: false, autoApprove: true);
        Assert.Equal(RunState.Succeeded, (await bed.RunAsync(owner, RunKind.Destroy)).State);
        Assert.Equal(["Create a", "Delete a"], cloud.Applied);
    }

    [Theory]
    [InlineData(RunVerb.Approve)]
    [InlineData(RunVerb.Reject)]
    public async Task The_vendor_does_not_speak_for_the_customer(RunVerb verb)
    {
        await using var bed = await EngineBed.OpenAsync(more: new CloudDouble());
        await using var owner = await ReadyAsync(bed);
        var asked = await AskedAsync(bed, owner);
        var said = await owner.ExecuteAsync(new DecideRun(Vendor, asked.Id, verb, asked.PlanHash), Stop);
        Assert.Equal((FaultKind.Forbidden, "WrongParty"), (said.Faults[0].Kind, said.Faults[0].Code));
        Assert.Contains("waits for the customer's yes, and you speak for the vendor", said.Faults[0].Message, StringComparison.Ordinal);
        Assert.Empty(await bed.ReadAsync(db => Task.FromResult(db.Approvals.ToList())));
    }

    [Fact]
    public async Task Where_both_are_asked_one_yes_starts_nothing()
    {
        var cloud = new CloudDouble();
        await using var bed = await EngineBed.OpenAsync(EngineBed.FastRules with { Approvals = new ApprovalPolicy("both") }, more: cloud);
        await using var owner = await ReadyAsync(bed);
        var asked = await AskedAsync(bed, owner);
        var first = Journey.Value(await owner.ExecuteAsync(new DecideRun(Vendor, asked.Id, RunVerb.Approve, asked.PlanHash), Stop));
        Assert.Equal(RunState.AwaitingApproval, first.Run.State);
        Assert.Equal(["Create a"], cloud.Applied);

        var ended = bed.WaitForEndAsync();
        Journey.Value(await owner.ExecuteAsync(new DecideRun(EngineBed.Person, asked.Id, RunVerb.Approve, asked.PlanHash), Stop));
        Assert.Equal(RunState.Succeeded, (await ended).State);
    }

    [Fact]
    public async Task Who_asked_for_a_run_may_be_kept_from_approving_it()
    {
        await using var bed = await EngineBed.OpenAsync(EngineBed.FastRules with { Approvals = new ApprovalPolicy(OwnRuns: false) }, more: new CloudDouble());
        await using var owner = await ReadyAsync(bed);
        var asked = await AskedAsync(bed, owner);
        var own = await owner.ExecuteAsync(new DecideRun(EngineBed.Person, asked.Id, RunVerb.Approve, asked.PlanHash), Stop);
        Assert.Equal((FaultKind.Forbidden, "OwnRun"), (own.Faults[0].Kind, own.Faults[0].Code));

        var ended = bed.WaitForEndAsync();
        Journey.Value(await owner.ExecuteAsync(new DecideRun(Colleague, asked.Id, RunVerb.Approve, asked.PlanHash), Stop));
        Assert.Equal(RunState.Succeeded, (await ended).State);
    }

    internal static async Task<EnvironmentOwner> ReadyAsync(EngineBed bed, bool protect = false, bool autoApprove = false)
    {
        var type = CloudDouble.Type(protect);
        var environment = await bed.CreateAsync(EngineBed.Blueprint("one", [("a", [])], type), [type], cloud: CloudDouble.Cloud, autoApprove: autoApprove);
        var owner = await bed.OwnAsync(environment.Id);
        Assert.Equal(RunState.Succeeded, (await bed.RunAsync(owner, RunKind.Apply)).State);
        return owner;
    }

    internal static async Task<Run> AskedAsync(EngineBed bed, EnvironmentOwner owner)
    {
        var asked = bed.WaitAsync(run => run.State is RunState.AwaitingApproval, "a plan that waits");
        Journey.Value(await owner.ExecuteAsync(new StartRun(EngineBed.Person, RunKind.Destroy), Stop));
        return await asked;
    }

    private static FabricEnvironment Environment(string cloud, bool autoApprove) => new()
    {
        Id = Guid.Empty, Tenant = "sample", Name = "env", Cell = "local", Blueprint = "b", Cloud = cloud, Region = "local", AutoApprove = autoApprove, CreatedAt = default, UpdatedAt = default,
    };
}
