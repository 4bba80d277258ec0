using Fabric.Tests.Cluster;
using Fabric.Tests.Engine.Simulation;
using Fabric.Tests.Support;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Engine.Operations;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Executors.Sandbox;
using Fabric.Workflows.Runs;

namespace Fabric.Tests.Engine;

public sealed class Destroys
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_cancel_in_the_last_removal_comes_too_late_and_everything_is_gone()
    {
        var cloud = new CloudDouble();
        await using var bed = await EngineBed.OpenAsync(more: cloud);
        await using var owner = await StandingAsync(bed, ("a", []));
        var ended = await CancelledWhileAsync(bed, owner, cloud, "Delete a");
        Assert.Equal(RunState.Succeeded, ended.State);
        var after = await ReadAsync(bed);
        Assert.Equal((EnvironmentState.Destroyed, 0), (after.State, after.DeployedGeneration));
        Assert.Equal(["Create a", "Delete a"], cloud.Applied);
        Assert.Equal([EntityState.Destroyed], (await bed.EntitiesAsync(after.Id)).Select(entity => entity.State));
    }

    [Fact]
    public async Task A_cancel_half_way_keeps_what_stands_and_another_destroy_ends_it()
    {
        var cloud = new CloudDouble();
        await using var bed = await EngineBed.OpenAsync(more: cloud);
        await using var owner = await StandingAsync(bed, ("a", []), ("b", ["a"]));
        var ended = await CancelledWhileAsync(bed, owner, cloud, "Delete b");
        Assert.Equal(RunState.Cancelled, ended.State);
        Assert.DoesNotContain("Delete a", cloud.Applied);
        var after = await ReadAsync(bed);
        Assert.NotEqual(EnvironmentState.Destroyed, after.State);
        Assert.Equal([EntityState.Ready, EntityState.Destroyed], (await bed.EntitiesAsync(after.Id)).Select(entity => entity.State));

        Assert.Equal(RunState.Succeeded, (await bed.RunAsync(owner, RunKind.Destroy)).State);
        Assert.Equal(["Create a", "Create b", "Delete b", "Delete a"], cloud.Applied);
    }

    [Fact]
    public async Task A_cancel_lets_a_removal_end_that_cannot_be_stopped()
    {
        await using var bed = await EngineBed.OpenAsync();
        var plain = EngineBed.Type();
        var slow = plain with { Implementations = [plain.Implementations[0] with { Simulated = plain.Implementations[0].Simulated! with { Delete = TimeSpan.FromSeconds(20) } }] };
        var environment = await bed.CreateAsync(EngineBed.Blueprint("slow", [("a", []), ("b", ["a"])], slow), [slow]);
        await using var owner = await bed.OwnAsync(environment.Id);
        await bed.RunAsync(owner, RunKind.Apply);
        var ended = bed.WaitForEndAsync();
        var run = Journey.Value(await owner.ExecuteAsync(new StartRun(EngineBed.Person, RunKind.Destroy), Stop)).Run;
        await Eventually.BecomesAsync("b is being removed", () => bed.StepsAsync(run.Id), steps => steps.Any(step => step is { Node: "b", State: StepState.Applying }), Stop);
        Journey.Value(await owner.ExecuteAsync(new DecideRun(EngineBed.Person, run.Id, RunVerb.Cancel), Stop));
        Assert.Equal(RunState.Cancelled, (await ended).State);
        Assert.Equal(["a"], (await bed.World.ResourcesAsync(environment.Id)).Keys);
    }

    [Fact]
    public async Task A_destroy_that_waits_its_turn_is_not_undone_by_a_change_but_by_its_cancel()
    {
        await using var bed = await EngineBed.OpenAsync();
        var type = EngineBed.Type(milliseconds: 60_000);
        var blueprint = EngineBed.Blueprint("one", [("a", [])], type);
        var environment = await bed.CreateAsync(blueprint, [type]);
        await using var owner = await bed.OwnAsync(environment.Id);
        Journey.Value(await owner.ExecuteAsync(new StartRun(EngineBed.Person, RunKind.Apply), Stop));
        var destroy = Journey.Value(await owner.ExecuteAsync(new StartRun(EngineBed.Person, RunKind.Destroy), Stop)).Run;
        Assert.Equal(destroy.Id, (await ReadAsync(bed)).PendingRunId);

        Operation[] changes = [new StartRun(EngineBed.Person, RunKind.Apply), new StartRun(EngineBed.Person, RunKind.Destroy), await bed.ChangeOfAsync(environment.Id, blueprint, Journey.Size(2), type)];
        foreach (var change in changes)
        {
            var refused = await owner.ExecuteAsync(change, Stop);
            Assert.Equal(FaultKind.WrongState, refused.Faults[0].Kind);
            Assert.Contains("To keep the environment, cancel run 2 first.", refused.Faults[0].Message, StringComparison.Ordinal);
        }

        Journey.Value(await owner.ExecuteAsync(new StartRun(EngineBed.Person, RunKind.Check), Stop));
        Journey.Value(await owner.ExecuteAsync(new DecideRun(EngineBed.Person, destroy.Id, RunVerb.Cancel), Stop));
        Assert.Null((await ReadAsync(bed)).PendingRunId);
        Journey.Value(await owner.ExecuteAsync(changes[2], Stop));
    }

    [Fact]
    public async Task What_a_generation_holds_that_never_ran_is_not_removed()
    {
        var cloud = new CloudDouble();
        await using var bed = await EngineBed.OpenAsync(more: cloud);
        var type = CloudDouble.Type();
        var environment = await bed.CreateAsync(EngineBed.Blueprint("two", [("a", []), ("b", ["a"])], type), [type], cloud: CloudDouble.Cloud);
        await using var owner = await bed.OwnAsync(environment.Id);
        await bed.RunAsync(owner, RunKind.Apply);

        // b becomes c, so its plan deletes: it waits for a yes, and the destroy takes its place.
        var moved = EngineBed.Blueprint("two", [("a", []), ("b", ["a"])], type, version: 2);
        var held = moved with { Nodes = [moved.Nodes[0] with { NoOp = true }, moved.Nodes[1] with { Name = "c" }] };
        var waits = bed.WaitAsync(run => run.State is RunState.AwaitingApproval, "a plan that waits");
        Journey.Value(await owner.ExecuteAsync(await bed.ChangeOfAsync(environment.Id, held, Journey.Size(1), type), Stop));
        await waits;
        Assert.All(await bed.EntitiesAsync(environment.Id), entity => Assert.False(entity.NoOp));

        var asked = bed.WaitAsync(run => run.Kind is RunKind.Destroy && run.State is RunState.AwaitingApproval, "a destroy that waits");
        var ended = bed.WaitAsync(run => run.Kind is RunKind.Destroy && run.State.IsTerminal(), "the destroy's end");
        Journey.Value(await owner.ExecuteAsync(new StartRun(EngineBed.Person, RunKind.Destroy), Stop));
        var destroy = await asked;
        Journey.Value(await owner.ExecuteAsync(new DecideRun(EngineBed.Person, destroy.Id, RunVerb.Approve, destroy.PlanHash), Stop));

        Assert.Equal(RunState.Failed, (await ended).State);
        var step = (await bed.StepsAsync(destroy.Id)).Single(step => step.Node == "a");
        Assert.Equal((StepState.Failed, Reasons.RemovalHeld), (step.State, step.Reason));
        Assert.Contains("Delete b", cloud.Applied);
        Assert.DoesNotContain("Delete a", cloud.Applied);
    }

    /// <summary>An environment that stands, whose customer has said yes ahead.</summary>
    private static async Task<EnvironmentOwner> StandingAsync(EngineBed bed, params (string Node, string[] After)[] nodes)
    {
        var type = CloudDouble.Type();
        var environment = await bed.CreateAsync(EngineBed.Blueprint("standing", nodes, type), [type], cloud: CloudDouble.Cloud, autoApprove: true);
        var owner = await bed.OwnAsync(environment.Id);
        await bed.RunAsync(owner, RunKind.Apply);
        return owner;
    }

    /// <summary>A destroy that is cancelled while a removal is under way; returns when it has ended.</summary>
    private static async Task<Run> CancelledWhileAsync(EngineBed bed, EnvironmentOwner owner, CloudDouble cloud, string removal)
    {
        var held = cloud.Hold(removal);
        var ended = bed.WaitForEndAsync();
        var run = Journey.Value(await owner.ExecuteAsync(new StartRun(EngineBed.Person, RunKind.Destroy), Stop)).Run;
        await held.Begun;
        Journey.Value(await owner.ExecuteAsync(new DecideRun(EngineBed.Person, run.Id, RunVerb.Cancel), Stop));
        await cloud.Cancelled.Task.WaitAsync(TimeSpan.FromMinutes(2), Stop);
        held.LetGo();
        return await ended;
    }

    private static Task<FabricEnvironment> ReadAsync(EngineBed bed) => bed.ReadAsync(db => Task.FromResult(db.Environments.Single()));
}
