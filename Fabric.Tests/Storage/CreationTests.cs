using Fabric.Workflows.Environments;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Persistence.Sqlite;
using Fabric.Workflows.Secrets;
using Fabric.Workflows.Tenancy;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fabric.Tests.Storage;

/// <summary>What may come between the reservation of a name, the cell's commit and the confirmation.</summary>
public sealed class CreationTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("fabric-creation-").FullName;
    private SqliteStorage storage = null!;
    private CellRegistry cells = null!;
    private DirectoryStore directory = null!;
    private EnvironmentDirectory places = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        storage = new SqliteStorage(folder) { LockSeconds = 60 };
        cells = new CellRegistry(["local"], storage, new MasterKeys(new MasterKey(new byte[32])), TimeProvider.System, NullLoggerFactory.Instance);
        await cells.OpenAsync(Cancel);
        directory = DirectoryStore.Open(storage);
        places = new EnvironmentDirectory(directory, cells, TimeProvider.System, TimeSpan.Zero);
    }

    public async ValueTask DisposeAsync()
    {
        await cells.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_caller_that_goes_away_after_the_reservation_stops_nothing()
    {
        var environment = Rows.Environment();
        using var caller = new CancellationTokenSource();
        var creating = await WhileTheCellIsLockedAsync(environment, caller.CancelAsync, caller.Token);

        await creating;
        Assert.Equal(PlaceState.Confirmed, (await places.FindAsync(environment.Id, TenantScope.All, Cancel))!.State);
    }

    [Fact]
    public async Task A_repair_leaves_a_creation_alone_that_is_under_way()
    {
        var environment = Rows.Environment();
        var creating = await WhileTheCellIsLockedAsync(environment, async () => Assert.Equal(0, await places.RepairAsync(Cancel)), Cancel);

        await creating;
        Assert.Equal(PlaceState.Confirmed, (await places.FindAsync(environment.Id, TenantScope.All, Cancel))!.State);
    }

    [Fact]
    public async Task A_reservation_that_was_given_up_meanwhile_is_taken_anew()
    {
        var environment = Rows.Environment();
        var creating = await WhileTheCellIsLockedAsync(environment, () => new PlaceBook(directory).FreeAsync(environment.Id), Cancel);

        await creating;
        Assert.Equal(PlaceState.Confirmed, (await places.FindAsync(environment.Id, TenantScope.All, Cancel))!.State);
    }

    [Fact]
    public async Task A_name_that_was_given_away_meanwhile_takes_the_creation_back()
    {
        var (environment, faster) = (Rows.Environment(), Rows.Environment());
        var creating = await WhileTheCellIsLockedAsync(
            environment,
            async () =>
            {
                var book = new PlaceBook(directory);
                await book.FreeAsync(environment.Id);
                await book.ReserveAsync(PlaceOf(faster) with { State = PlaceState.Confirmed });
            },
            Cancel);

        await Assert.ThrowsAsync<RowConflictException>(() => creating);
        await using var db = cells.Get("local").Open(TenantScope.All);
        Assert.False(await db.Environments.AnyAsync(e => e.Id == environment.Id, Cancel));
        Assert.Equal(["environment.undo"], await db.AuditEvents.Select(row => row.Action).ToListAsync(Cancel));
        Assert.Null(await places.FindAsync(environment.Id, TenantScope.All, Cancel));
    }

    [Fact]
    public async Task What_was_confirmed_is_never_given_up()
    {
        var environment = Rows.Environment();
        await places.CreateAsync(environment, new JournalBatch().Add(environment), Cancel);
        Assert.Equal(0, await new PlaceBook(directory).FreeAsync(environment.Id));
        Assert.NotNull(await places.FindAsync(environment.Id, TenantScope.All, Cancel));
    }

    [Fact]
    public async Task A_name_whose_creation_was_lost_is_free_for_whoever_wants_it()
    {
        var (lost, wanted) = (Rows.Environment(), Rows.Environment());
        await new PlaceBook(directory).ReserveAsync(PlaceOf(lost));
        await places.CreateAsync(wanted, new JournalBatch().Add(wanted), Cancel);
        Assert.Null(await places.FindAsync(lost.Id, TenantScope.All, Cancel));
    }

    private static EnvironmentPlace PlaceOf(FabricEnvironment e) =>
        new EnvironmentPlace { Id = e.Id, Tenant = e.Tenant, Name = e.Name, Cell = e.Cell, State = PlaceState.Reserved, ReservedAt = Rows.Now };

    /// <summary>Begins a creation, and does something when the name is reserved and before the cell can commit.</summary>
    /// <returns>The creation, its cell free again.</returns>
    private async Task<Task> WhileTheCellIsLockedAsync(FabricEnvironment environment, Func<Task> meanwhile, CancellationToken caller)
    {
        await using var other = new SqliteConnection($"Data Source={storage.CellFile("local")};Pooling=False");
        await other.OpenAsync(Cancel);
        await using var transaction = await other.BeginTransactionAsync(Cancel);
        var creating = Task.Run(() => places.CreateAsync(environment, new JournalBatch().Add(environment), caller), Cancel);
        while (await places.FindAsync(environment.Id, TenantScope.All, Cancel) is null)
            await Task.WhenAny(creating, Task.Delay(5, Cancel)).Unwrap();
        await meanwhile();
        await transaction.RollbackAsync(Cancel);
        return creating;
    }
}
