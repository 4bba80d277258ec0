using Fabric.Workflows.Audit;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Fabric.Tests.Storage;

public abstract partial class CellStorageTests
{
    [Fact]
    public async Task The_directory_writes_rows_and_their_audit_together_or_not_at_all()
    {
        var directory = DirectoryStore.Open(Storage);
        var token = new ApiToken
        {
            Id = Rows.NewId(), Tenant = "acme", Name = "ci", Hash = "h", Role = Role.Editor, Scopes = ["environments:read"], CreatedBy = "Olivia", CreatedAt = Rows.Now, ExpiresAt = Rows.Now,
        };
        await WriteAsync(directory, token);
        await Assert.ThrowsAsync<RowConflictException>(() => WriteAsync(directory, token with { Id = Rows.NewId() }));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => WriteAsync(directory, new Member { Tenant = "acme", Subject = $"s{i}", Name = "n", Role = Role.Viewer, CreatedAt = Rows.Now })));

        await using var db = directory.Open(TenantScope.Of("acme"));
        Assert.Equal(["environments:read"], (await db.ApiTokens.SingleAsync(Cancel)).Scopes);
        var chain = await db.AuditEvents.OrderBy(a => a.Sequence).ToListAsync(Cancel);
        Assert.Equal(9, chain.Count);
        Assert.Null(AuditChain.FirstBreak(chain));
    }

    [Fact]
    public async Task A_tenant_finds_itself_and_no_other_in_the_directory()
    {
        var directory = DirectoryStore.Open(Storage);
        await WriteAsync(directory, new TenantRecord { Slug = "acme", Title = "Acme", CreatedAt = Rows.Now });
        await WriteAsync(directory, new TenantRecord { Slug = "other", Title = "Other", CreatedAt = Rows.Now });
        await using var db = directory.Open(TenantScope.Of("acme"));
        Assert.Equal("acme", Assert.Single(await db.Tenants.ToListAsync(Cancel)).Slug);
    }

    [Fact]
    public async Task Creating_takes_the_name_once_and_a_refused_cell_frees_it()
    {
        await using var cells = await OpenRegistryAsync();
        var directory = DirectoryStore.Open(Storage);
        var places = new EnvironmentDirectory(directory, cells, TimeProvider.System, TimeSpan.Zero);
        var environment = Rows.Environment(cell: "second");
        await places.CreateAsync(environment, new JournalBatch().Add(environment), Cancel);
        Assert.Equal(PlaceState.Confirmed, (await places.FindAsync(environment.Id, TenantScope.Of("acme"), Cancel))!.State);
        Assert.Null(await places.FindAsync(environment.Id, TenantScope.Of("other"), Cancel));

        var twin = Rows.Environment(cell: "second");
        await Assert.ThrowsAsync<RowConflictException>(() => places.CreateAsync(twin, new JournalBatch().Add(twin), Cancel));
        var refused = Rows.Environment("fresh", cell: "second");
        await Assert.ThrowsAsync<StaleEpochException>(() => places.CreateAsync(refused, new JournalBatch(refused.Id, 9).Add(refused), Cancel));
        await places.CreateAsync(refused, new JournalBatch().Add(refused), Cancel);

    }

    [Fact]
    public async Task A_destroyed_environment_frees_its_name_and_is_still_found_by_its_id()
    {
        await using var cells = await OpenRegistryAsync();
        var directory = DirectoryStore.Open(Storage);
        var places = new EnvironmentDirectory(directory, cells, TimeProvider.System, TimeSpan.Zero);
        var (first, second, third) = (Rows.Environment(cell: "second"), Rows.Environment(cell: "second"), Rows.Environment(cell: "second"));
        await places.CreateAsync(first, new JournalBatch().Add(first), Cancel);
        await DestroyAsync(cells, first);
        await places.ReleaseAsync(first.Id);
        Assert.Equal(PlaceState.Released, (await places.FindAsync(first.Id, TenantScope.Of("acme"), Cancel))!.State);
        Assert.Null(await places.FindAsync(first.Id, TenantScope.Of("other"), Cancel));

        await places.CreateAsync(second, new JournalBatch().Add(second), Cancel);
        await Assert.ThrowsAsync<RowConflictException>(() => places.CreateAsync(third, new JournalBatch().Add(third), Cancel));
        Assert.Equal(PlaceState.Confirmed, (await places.FindAsync(second.Id, TenantScope.All, Cancel))!.State);
    }

    [Fact]
    public async Task A_kill_between_the_destruction_and_the_release_is_made_up_for_at_start_or_when_the_name_is_wanted()
    {
        await using var cells = await OpenRegistryAsync();
        var directory = DirectoryStore.Open(Storage);
        var places = new EnvironmentDirectory(directory, cells, TimeProvider.System, TimeSpan.Zero);
        var (atStart, wanted, stands) = (Rows.Environment("at-start", cell: "second"), Rows.Environment("wanted", cell: "second"), Rows.Environment("stands", cell: "second"));
        foreach (var environment in new[] { atStart, wanted, stands })
            await places.CreateAsync(environment, new JournalBatch().Add(environment), Cancel);

        await DestroyAsync(cells, wanted);
        var again = Rows.Environment("wanted", cell: "second");
        await places.CreateAsync(again, new JournalBatch().Add(again), Cancel);
        await DestroyAsync(cells, atStart);
        Assert.Equal(1, await places.RepairAsync(Cancel));
        Assert.Equal(0, await places.RepairAsync(Cancel));

        await using var db = directory.Open(TenantScope.All);
        Assert.Equal(
            [("at-start", PlaceState.Released), ("stands", PlaceState.Confirmed), ("wanted", PlaceState.Confirmed), ("wanted", PlaceState.Released)],
            (await db.EnvironmentPlaces.ToListAsync(Cancel)).Select(p => (p.Name, p.State)).Order());
    }

    [Fact]
    public async Task Repair_completes_what_the_cell_has_and_releases_what_it_has_not()
    {
        await using var cells = await OpenRegistryAsync();
        var directory = DirectoryStore.Open(Storage);
        var (written, lost) = (Rows.Environment("written", cell: "second"), Rows.Environment("lost", cell: "second"));
        await cells.Get("second").Journal.CommitAsync(new JournalBatch().Add(written), Cancel);
        foreach (var e in new[] { written, lost })
            await WriteAsync(directory, new EnvironmentPlace { Id = e.Id, Tenant = e.Tenant, Name = e.Name, Cell = e.Cell, State = PlaceState.Reserved, ReservedAt = Rows.Now });

        Assert.Equal(2, await new EnvironmentDirectory(directory, cells, TimeProvider.System, TimeSpan.Zero).RepairAsync(Cancel));

        await using var db = directory.Open(TenantScope.All);
        Assert.Equal(
            [("written", PlaceState.Confirmed)],
            (await db.EnvironmentPlaces.OrderBy(p => p.Name).ToListAsync(Cancel)).Select(p => (p.Name, p.State)));
    }

    private static Task DestroyAsync(CellRegistry cells, FabricEnvironment environment) => cells.Get("second").Journal.CommitAsync(
        new JournalBatch().Put(environment with { State = EnvironmentState.Destroyed }), Cancel);

    private static Task WriteAsync(DirectoryStore directory, object row) => directory.WriteAsync(
        db =>
        {
            db.Add(row);
            return Task.CompletedTask;
        },
        [Rows.Audit()],
        Cancel);

    private async Task<CellRegistry> OpenRegistryAsync()
    {
        var cells = new CellRegistry(["second"], Storage, Master, TimeProvider.System, NullLoggerFactory.Instance);
        await cells.OpenAsync(Cancel);
        return cells;
    }
}
