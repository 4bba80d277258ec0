using System.Text.Json.Nodes;
using Fabric.Tests.Engine.Simulation;
using Fabric.Tests.Support;
using Fabric.Workflows.Engine.Operations;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Executors.Sandbox;
using Fabric.Workflows.Fleet;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Runs;

namespace Fabric.Tests.Engine;

public sealed class Drift
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_check_finds_what_was_changed_outside_and_an_apply_puts_it_back()
    {
        await using var bed = await EngineBed.OpenAsync();
        var environment = await bed.CreateAsync(EngineBed.Blueprint("two", [("a", []), ("b", ["a"])]));
        await using var owner = await bed.OwnAsync(environment.Id);
        await bed.RunAsync(owner, RunKind.Apply);
        Assert.True(await bed.World.TamperAsync(environment.Id, "b", new JsonObject { ["size"] = 99 }));

        Assert.Equal(RunState.Succeeded, (await bed.RunAsync(owner, RunKind.Check)).State);
        Assert.Equal([false, true], (await bed.EntitiesAsync(environment.Id)).Select(entity => entity.Drifted));
        Assert.Contains("99", (await bed.World.ResourcesAsync(environment.Id))["b"], StringComparison.Ordinal);

        await bed.RunAsync(owner, RunKind.Apply);
        Assert.All(await bed.EntitiesAsync(environment.Id), entity => Assert.False(entity.Drifted));
        Assert.DoesNotContain("99", (await bed.World.ResourcesAsync(environment.Id))["b"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_an_agent_reported_before_a_crash_is_taken_in_by_the_next_owner()
    {
        await using var bed = await EngineBed.OpenAsync();
        var environment = await bed.CreateAsync(EngineBed.Blueprint("one", [("a", [])]));
        await using (var owner = await bed.OwnAsync(environment.Id))
            await bed.RunAsync(owner, RunKind.Apply);
        var entity = (await bed.EntitiesAsync(environment.Id))[0];
        await bed.Cell.Journal.CommitAsync(
            new JournalBatch().Put(new IntentReport
            {
                EntityId = entity.Id, Tenant = entity.Tenant, EnvironmentId = environment.Id, Node = "a", AgentId = Guid.CreateVersion7(), Generation = 1,
                Status = IntentStatus.Degraded, Reason = "PodsNotReady", Message = "One pod is not ready.", ReportedAt = entity.UpdatedAt.AddSeconds(1),
            }),
            Stop);

        await using var next = await bed.OwnAsync(environment.Id);
        var degraded = (await bed.EntitiesAsync(environment.Id))[0];
        Assert.Equal((EntityState.Degraded, "PodsNotReady"), (degraded.State, degraded.Reason));
    }

    [Fact]
    public async Task A_check_and_a_change_do_not_hold_each_other_up()
    {
        var cloud = new CloudDouble();
        await using var bed = await EngineBed.OpenAsync(more: cloud);
        var type = CloudDouble.Type();
        var environment = await bed.CreateAsync(EngineBed.Blueprint("two", [("a", []), ("b", ["a"])], type), [type], cloud: CloudDouble.Cloud);
        var held = cloud.Hold("Create a");
        await using var owner = await bed.OwnAsync(environment.Id);
        var changed = bed.WaitAsync(run => run.Kind is RunKind.Apply && run.State.IsTerminal(), "the change's end");
        Journey.Value(await owner.ExecuteAsync(new StartRun(EngineBed.Person, RunKind.Apply), Stop));
        await held.Begun;
        Assert.Equal(RunState.Succeeded, (await bed.RunAsync(owner, RunKind.Check)).State);
        Assert.False(changed.IsCompleted);
        held.LetGo();
        Assert.Equal(RunState.Succeeded, (await changed).State);
    }
}
