using Fabric.Tests.Cluster;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Persistence.Sqlite;
using Fabric.Workflows.Secrets;
using Fabric.Workflows.Tenancy;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Fabric.Tests.Storage;

/// <summary>What befalls files: each fault has its sentence, harms nothing that was acknowledged, and ends with its cause.</summary>
public sealed class SqliteFaultTests : IDisposable
{
    private static readonly MasterKeys Master = new(new MasterKey(new byte[32]));

    private readonly string folder = Directory.CreateTempSubdirectory("fabric-faults-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_full_disk_refuses_whole_batches_and_work_goes_on_when_there_is_room()
    {
        var storage = new SqliteStorage(folder) { LooksAgainAfter = TimeSpan.FromMilliseconds(100) };
        await using var cell = await OpenAsync(storage);
        var environment = Rows.Environment();
        await cell.Journal.CommitAsync(new JournalBatch().Add(environment), Cancel);
        await LimitAsync(storage, cell, pages: 120);

        var acknowledged = 0;
        CellUnreachableException? full = null;
        while (full is null)
        {
            try
            {
                await cell.Journal.CommitAsync(TenEvents(environment.Id), Cancel);
                acknowledged++;
            }
            catch (CellUnreachableException e)
            {
                full = e;
            }
        }

        Assert.Contains("full", full.Sentence, StringComparison.Ordinal);
        Assert.Contains(folder, full.Sentence, StringComparison.Ordinal);
        Assert.False(full.OutcomeUnknown);
        Assert.Equal(full.Sentence, cell.Journal.Fault);
        Assert.Equal(acknowledged * 10, await CountAsync(cell));

        // An empty group would fit: it must not tell that there is room again.
        await Task.Delay(5 * storage.LooksAgainAfter, TimeProvider.System, Cancel);
        Assert.Equal(full.Sentence, cell.Journal.Fault);
        storage.MaximumPages = 0;
        var again = await cell.TakeOverAsync(environment.Id, Cancel);
        await cell.Journal.CommitAsync(TenEvents(environment.Id, again!.Epoch), Cancel);
        Assert.Null(cell.Journal.Fault);
        Assert.Equal((acknowledged + 1) * 10, await CountAsync(cell));
    }

    [Fact]
    public async Task A_file_locked_by_another_process_is_named_and_waited_out()
    {
        var storage = new SqliteStorage(folder) { LockSeconds = 1, LooksAgainAfter = TimeSpan.FromMilliseconds(100) };
        await using var cell = await OpenAsync(storage);
        await using (var other = new SqliteConnection($"Data Source={storage.CellFile("local")};Pooling=False"))
        {
            await other.OpenAsync(Cancel);
            await using var transaction = await other.BeginTransactionAsync(Cancel);
            var locked = await Assert.ThrowsAsync<CellUnreachableException>(() => cell.Journal.CommitAsync(new JournalBatch().Add(Rows.Environment()), Cancel));
            Assert.Contains("locked by another process", locked.Sentence, StringComparison.Ordinal);
            Assert.Equal(locked.Sentence, cell.Journal.Fault);
        }

        await Eventually.BecomesAsync("healthy with nothing to write", () => Task.FromResult(cell.Journal.Fault), fault => fault is null, Cancel);
        await cell.Journal.CommitAsync(new JournalBatch().Add(Rows.Environment()), Cancel);
    }

    [Fact]
    public async Task A_cell_whose_file_is_garbage_is_named_while_the_other_goes_on()
    {
        var storage = new SqliteStorage(folder);
        await File.WriteAllTextAsync(storage.CellFile("broken"), new string('x', 9_000), Cancel);
        await using var cells = new CellRegistry(["broken", "local"], storage, Master, TimeProvider.System, NullLoggerFactory.Instance);
        await cells.OpenAsync(Cancel);

        Assert.Contains("corrupt", Assert.Single(cells.Unreachable, c => c.Key == "broken").Value, StringComparison.Ordinal);
        Assert.Contains("corrupt", Assert.Throws<CellUnreachableException>(() => cells.Get("broken")).Message, StringComparison.Ordinal);
        await cells.Get("local").Journal.CommitAsync(new JournalBatch().Add(Rows.Environment()), Cancel);
        var found = await CellQuery.FanOutAsync(
            cells, TenantScope.All, (db, token) => db.Environments.CountAsync(token), TimeSpan.FromSeconds(60), TimeProvider.System, Cancel);
        Assert.Equal([new CellResult<int>("local", 1)], found.Rows);
        Assert.Equal("broken", Assert.Single(found.Unreachable).Cell);

        File.Delete(storage.CellFile("broken"));
        await cells.OpenAsync(Cancel);
        Assert.Empty(cells.Unreachable);
        Assert.NotNull(cells.Find("broken"));
    }

    [Fact]
    public async Task A_cell_that_is_late_is_named_and_holds_nobody_up()
    {
        var storage = new SqliteStorage(folder);
        var time = new WatchedTime();
        await using var cells = new CellRegistry(["fast", "slow"], storage, Master, TimeProvider.System, NullLoggerFactory.Instance);
        await cells.OpenAsync(Cancel);
        var slow = new TaskCompletionSource();
        var all = CellQuery.FanOutAsync(
            cells,
            TenantScope.All,
            async (db, token) =>
            {
                if (db.Database.GetConnectionString()!.Contains("slow", StringComparison.Ordinal))
                {
                    slow.SetResult();
                    await Task.Delay(Timeout.Infinite, token);
                }

                return 1;
            },
            TimeSpan.FromSeconds(10),
            time,
            Cancel);
        await Task.WhenAll(slow.Task, time.OneIsOver).WaitAsync(TimeSpan.FromSeconds(120), Cancel);
        time.Advance(TimeSpan.FromSeconds(10));
        var found = await all;
        Assert.Equal("fast", Assert.Single(found.Rows).Cell);
        Assert.Contains("did not answer within 10 s", Assert.Single(found.Unreachable).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_corrupt_page_is_reported_and_a_restored_file_serves_again()
    {
        var storage = new SqliteStorage(folder);
        await using var cell = await OpenAsync(storage);
        await cell.DisposeAsync();
        SqlitePools.Close(storage.CellFile("local"));
        var backup = await File.ReadAllBytesAsync(storage.CellFile("local"), Cancel);
        await File.WriteAllBytesAsync(storage.CellFile("local"), [.. backup.AsSpan(0, 100), .. new byte[backup.Length - 100]], Cancel);

        var corrupt = await Assert.ThrowsAsync<CellUnreachableException>(() => OpenAsync(storage));
        Assert.Contains("restore the file from a backup", corrupt.Sentence, StringComparison.Ordinal);

        SqlitePools.Close(storage.CellFile("local"));
        await File.WriteAllBytesAsync(storage.CellFile("local"), backup, Cancel);
        await using var restored = await OpenAsync(storage);
    }

    [Fact]
    public void A_second_server_on_the_same_folder_is_refused_by_name()
    {
        using (ServerLock.Take(folder))
        {
            var refused = Assert.Throws<ServerLockedException>(() => ServerLock.Take(folder));
            Assert.Contains(folder, refused.Message, StringComparison.Ordinal);
            Assert.Contains($"process {Environment.ProcessId}", refused.Message, StringComparison.Ordinal);
        }

        using var next = ServerLock.Take(folder);
    }

    [Fact]
    public async Task Commits_of_the_journal_and_of_EF_sync_fully_and_write_ahead()
    {
        var storage = new SqliteStorage(folder);
        await using var cell = await OpenAsync(storage);
        storage.PrepareDirectory();
        await using var directory = storage.OpenDirectory(TenantScope.All);
        Assert.Equal("wal", (await directory.Database.SqlQueryRaw<string>("SELECT journal_mode AS Value FROM pragma_journal_mode").ToListAsync(Cancel))[0]);
        Assert.Equal(2, (await directory.Database.SqlQueryRaw<int>("SELECT synchronous AS Value FROM pragma_synchronous").ToListAsync(Cancel))[0]);
    }

    [Fact]
    public async Task A_migration_that_was_killed_does_not_stop_the_next_start()
    {
        var storage = new SqliteStorage(folder);
        await using (var connection = new SqliteConnection($"Data Source={storage.CellFile("local")};Pooling=False"))
        {
            await connection.OpenAsync(Cancel);
            await using var command = connection.CreateCommand();
            command.CommandText = """
                CREATE TABLE "__EFMigrationsLock" ("Id" INTEGER NOT NULL PRIMARY KEY, "Timestamp" TEXT NOT NULL);
                INSERT INTO "__EFMigrationsLock" VALUES (1, '2026-01-01');
                """;
            await command.ExecuteNonQueryAsync(Cancel);
        }

        await using var cell = await OpenAsync(storage).WaitAsync(TimeSpan.FromSeconds(60), Cancel);
    }

    private static JournalBatch TenEvents(Guid environment, long epoch = 0)
    {
        var batch = new JournalBatch(environment, epoch);
        for (var i = 0; i < 10; i++)
            batch.Add(Rows.Event(environment, message: new string('m', 500)));
        return batch;
    }

    private static async Task<int> CountAsync(Cell cell)
    {
        await using var db = cell.Open(TenantScope.All);
        return await db.RunEvents.CountAsync(Cancel);
    }

    private static Task<Cell> OpenAsync(SqliteStorage storage) => Cell.OpenAsync("local", storage, Master, TimeProvider.System, NullLogger<Cell>.Instance, Cancel);

    /// <summary>Makes the journal open its file anew, with no more pages than these.</summary>
    private static async Task LimitAsync(SqliteStorage storage, Cell cell, int pages)
    {
        storage.MaximumPages = pages;
        await cell.Journal.ReopenAsync(Cancel);
    }

    /// <summary>A clock that stands and says when a wait on it is over before its time.</summary>
    private sealed class WatchedTime : FakeTimeProvider
    {
        private readonly TaskCompletionSource over = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task OneIsOver => over.Task;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new Watched(base.CreateTimer(callback, state, dueTime, period), over);

        private sealed class Watched(ITimer timer, TaskCompletionSource over) : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(dueTime, period);

            public void Dispose()
            {
                timer.Dispose();
                over.TrySetResult();
            }

            public ValueTask DisposeAsync()
            {
                Dispose();
                return ValueTask.CompletedTask;
            }
        }
    }
}
