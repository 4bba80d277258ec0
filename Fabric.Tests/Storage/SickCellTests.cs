using Fabric.Workflows.Persistence;
using Fabric.Workflows.Persistence.Sqlite;
using Fabric.Workflows.Secrets;
using Fabric.Workflows.Tenancy;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Fabric.Tests.Storage;

/// <summary>A server's storage with one cell that opens and cannot be read.</summary>
public sealed class SickCellTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("fabric-sick-").FullName;
    private readonly FakeTimeProvider time = new(Rows.Now);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_page_that_is_corrupt_marks_its_cell_and_the_others_are_repaired()
    {
        await using (var before = await OpenAsync())
        {
            foreach (var environment in new[] { Rows.Environment("one", cell: "sick"), Rows.Environment("two", cell: "well") })
                await before.Environments.CreateAsync(environment, new JournalBatch().Add(environment), Cancel);
            await new PlaceBook(before.Directory).ReserveAsync(Place("well", time.GetUtcNow()));
        }

        await CorruptAsync(new SqliteStorage(folder).CellFile("sick"), "environments");
        await using var storage = await OpenAsync();
        Assert.Contains("corrupt", Assert.Single(storage.Cells.Unreachable, cell => cell.Key == "sick").Value, StringComparison.Ordinal);
        await using var db = storage.Directory.Open(TenantScope.All);
        Assert.DoesNotContain(db.EnvironmentPlaces, place => place.State == PlaceState.Reserved);
    }

    [Fact]
    public async Task A_server_that_serves_gives_young_reservations_time()
    {
        await using var storage = await OpenAsync();
        await new PlaceBook(storage.Directory).ReserveAsync(Place("well", time.GetUtcNow()));
        Assert.Equal(0, await storage.Environments.RepairAsync(Cancel));
        time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(1, await storage.Environments.SettleAsync(Cancel));
    }

    private static EnvironmentPlace Place(string cell, DateTimeOffset at) =>
        new() { Id = Rows.NewId(), Tenant = "acme", Name = "half-way", Cell = cell, State = PlaceState.Reserved, ReservedAt = at };

    private Task<FabricStorage> OpenAsync() => FabricStorage.OpenAsync(
        new StorageOptions { Data = folder, Cells = ["sick", "well"] }, new MasterKeys(new MasterKey(new byte[32])), time, NullLoggerFactory.Instance, Cancel);

    /// <summary>Overwrites the first page of a table.</summary>
    private static async Task CorruptAsync(string file, string table)
    {
        SqlitePools.Close(file);
        long page, size;
        await using (var connection = new SqliteConnection($"Data Source={file};Pooling=False"))
        {
            await connection.OpenAsync(Cancel);
            await using var command = connection.CreateCommand();
            command.CommandText = $"PRAGMA wal_checkpoint(TRUNCATE); SELECT rootpage FROM sqlite_master WHERE type = 'table' AND name = '{table}'";
            await using var reader = await command.ExecuteReaderAsync(Cancel);
            await reader.NextResultAsync(Cancel);
            await reader.ReadAsync(Cancel);
            page = reader.GetInt64(0);
            await reader.DisposeAsync();
            command.CommandText = "PRAGMA page_size";
            size = (long)(await command.ExecuteScalarAsync(Cancel))!;
        }

        await using var bytes = new FileStream(file, FileMode.Open, FileAccess.Write);
        bytes.Position = (page - 1) * size;
        await bytes.WriteAsync(Enumerable.Repeat((byte)0xAB, (int)size).ToArray(), Cancel);
    }
}
