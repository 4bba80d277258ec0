using Fabric.Tests.Engine.Simulation;
using Fabric.Tests.Support;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Engine.Operations;
using Fabric.Workflows.Runs;

namespace Fabric.Tests.Engine;

/// <summary>A change of version or flags raises no revision; who looked at an older generation hears of it.</summary>
public sealed class ExpectedGenerations
{
    [Fact]
    public async Task A_wish_made_on_an_older_generation_is_refused_and_one_made_on_the_newest_is_not()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var bed = await EngineBed.OpenAsync();
        var blueprint = EngineBed.Blueprint("one", [("a", [])]);
        var environment = await bed.CreateAsync(blueprint);
        await using var owner = await bed.OwnAsync(environment.Id);
        await bed.RunAsync(owner, RunKind.Apply);
        await bed.ChangeAsync(owner, environment.Id, blueprint, Journey.Size(2));
        var change = await bed.ChangeOfAsync(environment.Id, blueprint, Journey.Size(3));

        Operation[] stale =
        [
            change with { ExpectedGeneration = 1 },
            .. new[] { RunKind.Apply, RunKind.Check, RunKind.Destroy }.Select(kind => new StartRun(EngineBed.Person, kind, ExpectedGeneration: 1)),
        ];
        foreach (var wish in stale)
        {
            var refused = await owner.ExecuteAsync(wish, ct);
            Assert.Equal((FaultKind.PreconditionFailed, "GenerationChanged"), (refused.Faults[0].Kind, refused.Faults[0].Code));
            Assert.Equal("Environment env is at generation 2, not 1: look at what changed and try again.", refused.Faults[0].Message);
        }

        Journey.Value(await owner.ExecuteAsync(new StartRun(EngineBed.Person, RunKind.Check, ExpectedGeneration: 2), ct));
        Journey.Value(await owner.ExecuteAsync(change with { ExpectedGeneration = 2 }, ct));
    }
}
