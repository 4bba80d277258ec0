using Fabric.Tests.Engine.Simulation;
using Fabric.Tests.Support;
using Fabric.Workflows.Engine.Operations;
using Fabric.Workflows.Executors.Sandbox;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Runs;
using Microsoft.Data.Sqlite;

namespace Fabric.Tests.Engine;

public sealed class CellFailures
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_outlives_a_cell_that_cannot_be_written_for_a_while()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"fabric-cell-{Guid.NewGuid():N}");
        await using var bed = await EngineBed.OpenAsync(path: folder);
        var type = EngineBed.Type(milliseconds: 20);
        var environment = await bed.CreateAsync(EngineBed.Blueprint("layers", EngineBed.Layers(4, 3), type), [type]);
        await using var owner = await bed.OwnAsync(environment.Id);
        var some = bed.WaitAsync(run => run.StepsDone > 2, "some steps done");
        var ended = bed.WaitForEndAsync();
        Journey.Value(await owner.ExecuteAsync(new StartRun(EngineBed.Person, RunKind.Apply), Stop));
        await some;

        await using (var other = new SqliteConnection($"Data Source={Path.Combine(folder, "cell-local.db")};Pooling=False"))
        {
            await other.OpenAsync(Stop);
            await using var held = other.BeginTransaction(deferred: false);
            await Assert.ThrowsAsync<CellUnreachableException>(() => owner.ExecuteAsync(new StartRun(EngineBed.Person, RunKind.Check), Stop));
            Assert.NotNull(bed.Cell.Journal.Fault);
        }

        Assert.Equal(RunState.Succeeded, (await ended).State);
        Assert.All((await bed.World.ApplicationsAsync(environment.Id)).Values, count => Assert.Equal(1, count));
        Assert.Null(bed.Cell.Journal.Fault);
    }
}
