using Fabric.Workflows.Persistence.Postgres;
using Fabric.Workflows.Persistence.Sqlite;
using Fabric.Workflows.Secrets;
using Microsoft.Extensions.Logging;

namespace Fabric.Workflows.Persistence;

/// <summary>Everything a server keeps: the lock on its folder, the directory and the cells. Open it once, at start.</summary>
public sealed class FabricStorage : IAsyncDisposable
{
    /// <summary>How long a creation may be under way on another server before what it left is settled.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly ServerLock? held;

    private FabricStorage(ServerLock? held, DirectoryStore directory, CellRegistry cells, TimeProvider time)
    {
        this.held = held;
        (Directory, Cells) = (directory, cells);
        Environments = new EnvironmentDirectory(directory, cells, time, Patience);
    }

    /// <summary>The directory.</summary>
    public DirectoryStore Directory { get; }

    /// <summary>The cells.</summary>
    public CellRegistry Cells { get; }

    /// <summary>Creates environments across the two.</summary>
    public EnvironmentDirectory Environments { get; }

    /// <summary>Opens the directory, then every cell; one that cannot be opened is kept as unreachable. Settles what was left half-way.</summary>
    /// <exception cref="InvalidOperationException">The settings have faults; the message names every key.</exception>
    /// <exception cref="ServerLockedException">Another server uses the folder.</exception>
    /// <exception cref="DirectoryUnreachableException">The directory cannot be used.</exception>
    public static async Task<FabricStorage> OpenAsync(
        StorageOptions options, MasterKeys master, TimeProvider time, ILoggerFactory loggers, CancellationToken cancellationToken = default)
    {
        if (options.Faults() is { Count: > 0 } faults)
            throw new InvalidOperationException(string.Join(' ', faults));
        var held = options.Provider == StorageOptions.Sqlite ? ServerLock.Take(options.Data) : null;
        try
        {
            StorageProvider provider = held is null ? new PostgresStorage(options.ConnectionString) : new SqliteStorage(options.Data);
            var cells = new CellRegistry(options.Cells, provider, master, time, loggers) { AnswerWithin = TimeSpan.FromSeconds(options.AnswerSeconds) };
            var storage = new FabricStorage(held, DirectoryStore.Open(provider), cells, time);
            await cells.OpenAsync(cancellationToken);
            await storage.Environments.RepairAsync(held is null ? Patience : TimeSpan.Zero, cancellationToken);
            return storage;
        }
        catch
        {
            held?.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Cells.DisposeAsync();
        held?.Dispose();
    }
}
