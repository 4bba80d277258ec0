using Fabric.Workflows.Persistence;
using Fabric.Workflows.Secrets;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Fabric.Tests.Storage;

/// <summary>What every database must keep. One subclass per provider.</summary>
public abstract partial class CellStorageTests : IAsyncLifetime
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

    protected abstract Task<StorageProvider> StartStorageAsync();

    protected abstract ValueTask EndStorageAsync();

    protected async Task<Cell> OpenCellAsync(string slug = "local")
    {
        var cell = await Cell.OpenAsync(slug, Storage, Master, TimeProvider.System, NullLogger<Cell>.Instance, Cancel);
        cells.Add(cell);
        return cell;
    }

    protected async Task<Cell> ReopenAsync()
    {
        await Cell.DisposeAsync();
        cells.Remove(Cell);
        return Cell = await OpenCellAsync();
    }

    protected async Task<T> AddAsync<T>(T row)
        where T : notnull =>
        (T)(await Cell.Journal.CommitAsync(new JournalBatch().Add(row), Cancel))[0];
}
