using Fabric.Tests.Engine.Simulation;
using Fabric.Tests.Support;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Engine.Operations;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Runs;

namespace Fabric.Tests.Engine;

/// <summary>Names and flags of entities change when a run starts, not when it is planned.</summary>
public sealed class PlansLeaveNoTrace
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_rename_that_is_refused_never_was()
    {
        var cloud = new CloudDouble();
        await using var bed = await EngineBed.OpenAsync(more: cloud);
        var first = EngineBed.Blueprint("two", [("old", []), ("gone", [])], CloudDouble.Type());
        var environment = await bed.CreateAsync(first, [CloudDouble.Type()], cloud: CloudDouble.Cloud);
        await using var owner = await bed.OwnAsync(environment.Id);
        await bed.RunAsync(owner, RunKind.Apply);
        var before = await bed.EntitiesAsync(environment.Id);

        var asked = await AskedAsync(bed, owner, environment.Id);
        Assert.Equal([("new", PlanAction.None), ("gone", PlanAction.Delete)], (await bed.StepsAsync(asked.Id)).Select(step => (step.Node, step.Action)));
        Assert.Equal(Names(before), Names(await bed.EntitiesAsync(environment.Id)));
        var refused = bed.WaitAsync(run => run.Id == asked.Id && run.State.IsTerminal(), "the end of the refused run");
        Journey.Value(await owner.ExecuteAsync(new DecideRun(EngineBed.Person, asked.Id, RunVerb.Reject), Stop));
        await refused;

        var run = await bed.ChangeAsync(owner, environment.Id, first, Journey.Size(1), CloudDouble.Type());
        Assert.Equal(RunState.Succeeded, run.State);
        Assert.All(await bed.StepsAsync(run.Id), step => Assert.Equal(PlanAction.None, step.Action));
        Assert.Equal(Names(before), Names(await bed.EntitiesAsync(environment.Id)));
        Assert.Equal(["Create gone", "Create old"], cloud.Applied.Order());
    }

    [Fact]
    public async Task A_rename_that_is_approved_keeps_its_entity()
    {
        await using var bed = await EngineBed.OpenAsync(more: new CloudDouble());
        var environment = await bed.CreateAsync(EngineBed.Blueprint("two", [("old", []), ("gone", [])], CloudDouble.Type()), [CloudDouble.Type()], cloud: CloudDouble.Cloud);
        await using var owner = await bed.OwnAsync(environment.Id);
        await bed.RunAsync(owner, RunKind.Apply);
        var old = (await bed.EntitiesAsync(environment.Id)).Single(entity => entity.Node == "old").Id;

        var asked = await AskedAsync(bed, owner, environment.Id);
        var ended = bed.WaitForEndAsync();
        Journey.Value(await owner.ExecuteAsync(new DecideRun(EngineBed.Person, asked.Id, RunVerb.Approve, asked.PlanHash), Stop));
        Assert.Equal(RunState.Succeeded, (await ended).State);
        Assert.Equal(old, (await bed.EntitiesAsync(environment.Id)).Single(entity => entity.Node == "new").Id);
    }

    [Fact]
    public async Task A_name_that_stood_before_can_be_taken_again_and_the_environment_still_loads()
    {
        await using var bed = await EngineBed.OpenAsync();
        var first = EngineBed.Blueprint("one", [("old", [])]);
        var renamed = EngineBed.Blueprint("one", [("new", [])], version: 2);
        renamed = renamed with { Nodes = [renamed.Nodes[0] with { Was = "old" }] };
        var environment = await bed.CreateAsync(first);
        await using (var owner = await bed.OwnAsync(environment.Id))
        {
            await bed.RunAsync(owner, RunKind.Apply);
            await bed.ChangeAsync(owner, environment.Id, renamed, Journey.Size(1));
            await bed.ChangeAsync(owner, environment.Id, first, Journey.Size(1));
            await bed.ChangeAsync(owner, environment.Id, renamed, Journey.Size(1));
        }

        await using var successor = await bed.OwnAsync(environment.Id);
        var entities = await bed.EntitiesAsync(environment.Id);
        Assert.Equal([("new", EntityState.Ready), ("old", EntityState.Destroyed)], entities.Select(entity => (entity.Node, entity.State)));
    }

    private static IEnumerable<(Guid, string, EntityState)> Names(IEnumerable<Entity> entities) => entities.Select(entity => (entity.Id, entity.Node, entity.State));

    private static async Task<Run> AskedAsync(EngineBed bed, EnvironmentOwner owner, Guid environment)
    {
        var blueprint = EngineBed.Blueprint("two", [("new", [])], CloudDouble.Type(), version: 2);
        var waits = bed.WaitAsync(run => run.State is RunState.AwaitingApproval, "a plan that waits");
        Journey.Value(await owner.ExecuteAsync(
            await bed.ChangeOfAsync(environment, blueprint with { Nodes = [blueprint.Nodes[0] with { Was = "old" }] }, Journey.Size(1), CloudDouble.Type()), Stop));
        return await waits;
    }
}
