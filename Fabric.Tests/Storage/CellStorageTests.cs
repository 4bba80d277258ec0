using Fabric.Workflows.Environments;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Runs;
using Fabric.Workflows.Secrets;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Fabric.Tests.Storage;

/// <summary>What every database must keep. One subclass per provider.</summary>
public abstract class CellStorageTests : IAsyncLifetime
{
    private readonly List<Cell> cells = [];

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected static MasterKeys Master { get; } = new(new MasterKey(new byte[32]));

    protected StorageProvider Storage { get; private set; } = null!;

    protected Cell Cell { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Storage = await StartStorageAsync();
        Cell = await OpenCellAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var cell in cells)
            await cell.DisposeAsync();
        await EndStorageAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_batch_that_was_acknowledged_is_read_back()
    {
        var environment = Rows.Environment();
        var written = await Cell.Journal.CommitAsync(
            new JournalBatch(environment.Id, 0).Add(environment).Add(Rows.Event(environment.Id)).Add(Rows.Event(environment.Id)), Cancel);

        Assert.Equal([1L, 2L], written.OfType<RunEvent>().Select(e => e.Sequence));
        await using var db = Cell.Open(TenantScope.Of("acme"));
        Assert.Equal(environment, await db.Environments.SingleAsync(Cancel));
        Assert.Equal(written.OfType<RunEvent>(), await db.RunEvents.OrderBy(e => e.Sequence).ToListAsync(Cancel));
    }

    [Fact]
    public async Task A_put_replaces_the_row_but_never_its_epoch()
    {
        var environment = await AddAsync(Rows.Environment());
        var owned = await Cell.TakeOverAsync(environment.Id, Cancel);
        Assert.Equal(1, owned!.Epoch);

        await Cell.Journal.CommitAsync(new JournalBatch(environment.Id, 1).Put(environment with { State = EnvironmentState.Ready }), Cancel);

        await using var db = Cell.Open(TenantScope.All);
        Assert.Equal(environment with { State = EnvironmentState.Ready, Epoch = 1 }, await db.Environments.SingleAsync(Cancel));
    }

    protected abstract Task<StorageProvider> StartStorageAsync();

    protected abstract ValueTask EndStorageAsync();

    protected async Task<Cell> OpenCellAsync(string slug = "local")
    {
        var cell = await Cell.OpenAsync(slug, Storage, Master, TimeProvider.System, NullLogger<Cell>.Instance, Cancel);
        cells.Add(cell);
        return cell;
    }

    protected async Task<T> AddAsync<T>(T row)
        where T : notnull =>
        (T)(await Cell.Journal.CommitAsync(new JournalBatch().Add(row), Cancel))[0];
}
