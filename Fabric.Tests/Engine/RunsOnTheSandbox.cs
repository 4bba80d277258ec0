using System.Text.Json.Nodes;
using Fabric.Tests.Support;
using Fabric.Workflows.Engine.Operations;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Executors.Sandbox;
using Fabric.Workflows.Runs;

namespace Fabric.Tests.Engine;

public sealed class RunsOnTheSandbox
{
    [Fact]
    public async Task A_layered_graph_is_applied_once_and_destroyed_in_reverse()
    {
        await using var bed = await EngineBed.OpenAsync();
        var environment = await bed.CreateAsync(EngineBed.Blueprint("layers", EngineBed.Layers(6, 5)));
        await using var owner = await bed.OwnAsync(environment.Id);

        var ended = bed.WaitForEndAsync();
        var started = await owner.ExecuteAsync(new StartRun(EngineBed.Person, RunKind.Apply), TestContext.Current.CancellationToken);
        Assert.True(started.Succeeded);
        var run = await ended;

        Assert.Equal(RunState.Succeeded, run.State);
        Assert.All(await bed.EntitiesAsync(environment.Id), entity => Assert.Equal(EntityState.Ready, entity.State));
        Assert.All((await bed.World.ApplicationsAsync(environment.Id)).Values, count => Assert.Equal(1, count));
        Assert.Equal(30, (await bed.World.ResourcesAsync(environment.Id)).Count);

        var destroyed = bed.WaitForEndAsync();
        await owner.ExecuteAsync(new StartRun(EngineBed.Person, RunKind.Destroy), TestContext.Current.CancellationToken);
        Assert.Equal(RunState.Succeeded, (await destroyed).State);
        Assert.Empty(await bed.World.ResourcesAsync(environment.Id));
    }

    [Fact]
    public async Task A_transient_failure_is_tried_again_and_a_terminal_one_can_be_retried_by_hand()
    {
        await using var bed = await EngineBed.OpenAsync();
        var environment = await bed.CreateAsync(EngineBed.Blueprint("two", [("a", []), ("b", ["a"])]));
        await bed.World.InjectAsync(environment.Id, "a", new SandboxFault(SandboxFaultKind.Transient, Times: 2));
        await bed.World.InjectAsync(environment.Id, "b", new SandboxFault(SandboxFaultKind.Terminal));
        await using var owner = await bed.OwnAsync(environment.Id);

        var ended = bed.WaitForEndAsync();
        await owner.ExecuteAsync(new StartRun(EngineBed.Person, RunKind.Apply), TestContext.Current.CancellationToken);
        var failed = await ended;
        Assert.Equal(RunState.Failed, failed.State);
        var steps = await bed.StepsAsync(failed.Id);
        Assert.Equal((StepState.Succeeded, 3), (steps[0].State, steps[0].Attempt));
        Assert.Equal("SimulatedFailure", steps[1].Reason);

        var again = bed.WaitAsync(run => run.State is RunState.Succeeded, "Succeeded after the retry");
        var retried = await owner.ExecuteAsync(new DecideStep(EngineBed.Person, failed.Id, "b", StepVerb.Retry), TestContext.Current.CancellationToken);
        Assert.True(retried.Succeeded);
        await again;
        Assert.All(await bed.EntitiesAsync(environment.Id), entity => Assert.Equal(EntityState.Ready, entity.State));
    }

    [Fact]
    public async Task An_outcome_nobody_saw_is_looked_at_and_not_repeated()
    {
        await using var bed = await EngineBed.OpenAsync();
        var environment = await bed.CreateAsync(EngineBed.Blueprint("one", [("a", [])]));
        await bed.World.InjectAsync(environment.Id, "a", new SandboxFault(SandboxFaultKind.OutcomeUnknown));
        await using var owner = await bed.OwnAsync(environment.Id);

        var ended = bed.WaitForEndAsync();
        await owner.ExecuteAsync(new StartRun(EngineBed.Person, RunKind.Apply), TestContext.Current.CancellationToken);

        Assert.Equal(RunState.Succeeded, (await ended).State);
        Assert.Equal([1], (await bed.World.ApplicationsAsync(environment.Id)).Values);
    }

    [Fact]
    public async Task A_no_op_is_skipped_and_its_adopted_outputs_feed_what_follows()
    {
        await using var bed = await EngineBed.OpenAsync();
        var adopted = new JsonObject { ["a"] = new JsonObject { ["id"] = "mine" } };
        var environment = await bed.CreateAsync(EngineBed.Blueprint("two", [("a", []), ("b", ["a"])]), noOp: ["a"], adopted: adopted);
        await using var owner = await bed.OwnAsync(environment.Id);

        var ended = bed.WaitForEndAsync();
        await owner.ExecuteAsync(new StartRun(EngineBed.Person, RunKind.Apply), TestContext.Current.CancellationToken);
        var run = await ended;

        Assert.Equal([StepState.Skipped, StepState.Succeeded], (await bed.StepsAsync(run.Id)).Select(step => step.State));
        Assert.Equal(["b"], (await bed.World.ResourcesAsync(environment.Id)).Keys);
        Assert.Contains("mine", (await bed.World.ResourcesAsync(environment.Id))["b"], StringComparison.Ordinal);
    }
}
