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
        var cloud = new CloudDouble();
        await using var bed = await EngineBed.OpenAsync(null, folder, cloud);

        // A step of the second layer is under way while the database is taken away, and two layers are still to come.
        var environment = await bed.CreateAsync(EngineBed.Blueprint("layers", EngineBed.Layers(4, 3), CloudDouble.Type()), [CloudDouble.Type()], cloud: CloudDouble.Cloud);
        var second = cloud.Hold("Create n1-1");
        await using var owner = await bed.OwnAsync(environment.Id);
        var ended = bed.WaitForEndAsync();
        Journey.Value(await owner.ExecuteAsync(new StartRun(EngineBed.Person, RunKind.Apply), Stop));
        await second.Begun;

        await using (var other = new SqliteConnection($"Data Source={Path.Combine(folder, "cell-local.db")};Pooling=False"))
        {
            await other.OpenAsync(Stop);
            await using var held = other.BeginTransaction(deferred: false);
            second.LetGo();
            await Assert.ThrowsAsync<CellUnreachableException>(() => owner.ExecuteAsync(new StartRun(EngineBed.Person, RunKind.Check), Stop).WaitAsync(TimeSpan.FromMinutes(2), Stop));
            Assert.NotNull(bed.Cell.Journal.Fault);
        }

        Assert.Equal(RunState.Succeeded, (await ended).State);
        Assert.Equal(12, cloud.Applied.Count);
        Assert.Equal(12, cloud.Applied.Distinct().Count());
        Assert.Null(bed.Cell.Journal.Fault);
    }

    [Fact]
    public async Task An_owner_outlives_a_database_that_fails_while_it_is_read_anew()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"fabric-cell-{Guid.NewGuid():N}");
        await using var bed = await EngineBed.OpenAsync(path: folder);
        var environment = await bed.CreateAsync(EngineBed.Blueprint("one", [("a", [])]));
        await using var owner = await bed.OwnAsync(environment.Id);
        await using var other = new SqliteConnection($"Data Source={Path.Combine(folder, "cell-local.db")};Pooling=False");
        await other.OpenAsync(Stop);

        // What the turn writes fails, and so does every read of the truth until the table is back.
        await ExecuteAsync(other, "ALTER TABLE runs RENAME TO runs_away");
        await Assert.ThrowsAnyAsync<Exception>(() => owner.ExecuteAsync(new StartRun(EngineBed.Person, RunKind.Apply), Stop));
        await ExecuteAsync(other, "ALTER TABLE runs_away RENAME TO runs");

        Assert.Equal(RunState.Succeeded, (await bed.RunAsync(owner, RunKind.Apply)).State);
        Assert.False(owner.IsOver);
    }

    [Fact]
    public async Task An_owner_whose_own_batch_was_lost_takes_over_anew_and_goes_on()
    {
        await using var bed = await EngineBed.OpenAsync();
        var environment = await bed.CreateAsync(EngineBed.Blueprint("one", [("a", [])]));
        await using var owner = await bed.OwnAsync(environment.Id);
        Assert.Equal(RunState.Succeeded, (await bed.RunAsync(owner, RunKind.Apply)).State);
        var epoch = (await bed.ReadAsync(db => db.Environments.FindAsync([environment.Id], Stop).AsTask()))!.Epoch;
        var entity = (await bed.EntitiesAsync(environment.Id))[0];

        // As an executor of this owner would write: the batch is refused, and nothing may stand on it.
        await Assert.ThrowsAsync<RowConflictException>(() => bed.Cell.Journal.CommitAsync(new JournalBatch(environment.Id, epoch).Add(entity), Stop));
        var refused = await Record.ExceptionAsync(() => owner.ExecuteAsync(new StartRun(EngineBed.Person, RunKind.Apply), Stop));
        Assert.True(Assert.IsType<StaleEpochException>(refused).IsOwnLoss);

        Assert.Equal(RunState.Succeeded, (await bed.RunAsync(owner, RunKind.Apply)).State);
        Assert.False(owner.IsOver);
    }

    private static async Task ExecuteAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Stop);
    }
}
