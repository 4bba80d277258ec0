using Fabric.Workflows.Environments;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Fabric.Workflows.Persistence;

/// <summary>An isolation unit of the control plane, open: its database, its journal and its keys.</summary>
public sealed class Cell : IAsyncDisposable
{
    private readonly StorageProvider storage;

    private Cell(string slug, StorageProvider storage, CellJournal journal, CellMeta meta)
    {
        this.storage = storage;
        (Slug, Journal, Incarnation) = (slug, journal, meta.Incarnation);
    }

    /// <summary>Slug of the cell.</summary>
    public string Slug { get; }

    /// <summary>The only way rows of the cell are written.</summary>
    public CellJournal Journal { get; }

    /// <summary>Unix milliseconds of creation or of the last restore; stands in everything the cell signs.</summary>
    public long Incarnation { get; private set; }

    /// <summary>Makes or migrates the cell's database and opens it.</summary>
    /// <exception cref="CellUnreachableException">The database cannot be used; the message says why and what to do.</exception>
    public static async Task<Cell> OpenAsync(
        string slug, StorageProvider storage, TimeProvider time, ILogger<Cell> logger, CancellationToken cancellationToken = default)
    {
        CellJournal? journal = null;
        try
        {
            storage.PrepareCell(slug);
            journal = new CellJournal(slug, storage, time, logger);
            await using var db = storage.OpenCell(slug, TenantScope.All);
            var meta = await db.CellMeta.SingleOrDefaultAsync(cancellationToken) ?? await CreateAsync(slug, journal, time, cancellationToken);
            return new Cell(slug, storage, journal, meta);
        }
        catch (Exception e) when (e is not (CellUnreachableException or OperationCanceledException))
        {
            if (journal is not null)
                await journal.DisposeAsync();
            var sentence = e is NewerSchemaException ? e.Message : storage.Classify(e).Sentence;
            throw new CellUnreachableException(slug, sentence, e);
        }
    }

    /// <summary>Opens the database for one operation's reads.</summary>
    /// <param name="scope">The rows that are seen.</param>
    public CellDb Open(TenantScope scope) => storage.OpenCell(Slug, scope);

    /// <summary>Makes the caller the owner of an environment: raises its epoch durably, so that rows of any earlier owner are refused.</summary>
    /// <returns>The environment with the new epoch; null when the cell has no such environment.</returns>
    /// <exception cref="CellUnreachableException">The database cannot be written.</exception>
    public async Task<FabricEnvironment?> TakeOverAsync(Guid environmentId, CancellationToken cancellationToken = default)
    {
        if (await Journal.RaiseEpochAsync(environmentId, cancellationToken) is not { } epoch)
            return null;
        await using var db = Open(TenantScope.All);
        var environment = await db.Environments.SingleAsync(e => e.Id == environmentId, cancellationToken);
        return environment with { Epoch = epoch };
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Journal.DisposeAsync();

    private static async Task<CellMeta> CreateAsync(string slug, CellJournal journal, TimeProvider time, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var meta = new CellMeta { Cell = slug, Incarnation = now.ToUnixTimeMilliseconds(), MasterKeyId = "", WrappedKeys = [], CreatedAt = now };
        await journal.CommitAsync(new JournalBatch().Add(meta), cancellationToken);
        return meta;
    }
}
