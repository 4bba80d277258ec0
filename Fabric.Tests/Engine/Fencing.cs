using Fabric.Tests.Engine.Simulation;
using Fabric.Tests.Support;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Engine.Operations;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Executors.Sandbox;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Runs;

namespace Fabric.Tests.Engine;

public sealed class Fencing
{
    [Fact]
    public async Task An_owner_whose_epoch_has_passed_writes_nothing_more()
    {
        await using var bed = await EngineBed.OpenAsync();
        var environment = await bed.CreateAsync(EngineBed.Blueprint("one", [("a", [])]));
        await using var old = await bed.OwnAsync(environment.Id);
        await using var successor = await bed.OwnAsync(environment.Id);

        await Assert.ThrowsAsync<StaleEpochException>(() => old.ExecuteAsync(new StartRun(EngineBed.Person, RunKind.Apply), TestContext.Current.CancellationToken));
        Assert.True(old.IsOver);
        await Assert.ThrowsAsync<StaleEpochException>(() => old.ExecuteAsync(new StartRun(EngineBed.Person, RunKind.Apply), TestContext.Current.CancellationToken));
        Assert.Equal(RunState.Succeeded, (await bed.RunAsync(successor, RunKind.Apply)).State);
        Assert.Equal(1, await bed.ReadAsync(db => Task.FromResult(db.Runs.Count())));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task Owners_that_change_in_the_middle_of_a_run_apply_every_step_once(int seed)
    {
        var random = new Random(seed);
        await using var bed = await EngineBed.OpenAsync();
        var environment = await bed.CreateAsync(EngineBed.Blueprint("layers", EngineBed.Layers(5, 4), EngineBed.Type(milliseconds: 5)), [EngineBed.Type(milliseconds: 5)]);
        await bed.World.InjectAsync(environment.Id, $"n{random.Next(5)}-{random.Next(4)}", new SandboxFault(SandboxFaultKind.OutcomeUnknown));
        await bed.World.InjectAsync(environment.Id, $"n{random.Next(5)}-{random.Next(4)}", new SandboxFault(SandboxFaultKind.LateAnswer, Delay: TimeSpan.FromMilliseconds(50)));
        var ended = bed.WaitForEndAsync();
        var owner = await bed.OwnAsync(environment.Id);
        var moment = bed.WaitAsync(run => run.StepsDone >= random.Next(1, 4), "some steps done");
        Journey.Value(await owner.ExecuteAsync(new StartRun(EngineBed.Person, RunKind.Apply), TestContext.Current.CancellationToken));
        for (var takeOvers = random.Next(1, 4); takeOvers > 0; takeOvers--)
        {
            await moment;
            await owner.DisposeAsync();
            var enough = random.Next(4, 15);
            moment = bed.WaitAsync(run => run.StepsDone >= enough || run.State.IsTerminal(), "more steps done");
            owner = await bed.OwnAsync(environment.Id);
            if ((await bed.ReadAsync(db => Task.FromResult(db.Runs.Single()))).State.IsTerminal())
                break;
        }

        Assert.Equal(RunState.Succeeded, (await ended).State);
        await owner.DisposeAsync();
        Assert.All(await bed.EntitiesAsync(environment.Id), entity => Assert.Equal(EntityState.Ready, entity.State));
        Assert.Equal(20, (await bed.World.ResourcesAsync(environment.Id)).Count);
        Assert.All((await bed.World.ApplicationsAsync(environment.Id)).Values, count => Assert.Equal(1, count));
    }
}
