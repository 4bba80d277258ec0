using System.Security.Cryptography;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Secrets;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Fabric.Workflows.Persistence;

/// <summary>An isolation unit of the control plane, open: its database, its journal and its keys.</summary>
public sealed class Cell : IAsyncDisposable
{
    private readonly StorageProvider storage;

    private Cell(string slug, StorageProvider storage, CellJournal journal, CellMeta meta, CellKeys keys)
    {
        this.storage = storage;
        (Slug, Journal, Incarnation, Keys) = (slug, journal, meta.Incarnation, keys);
    }

    /// <summary>Slug of the cell.</summary>
    public string Slug { get; }

    /// <summary>The only way rows of the cell are written.</summary>
    public CellJournal Journal { get; }

    /// <summary>What the cell signs and seals with.</summary>
    public CellKeys Keys { get; }

    /// <summary>Unix milliseconds of creation or of the last restore; stands in everything the cell signs.</summary>
    public long Incarnation { get; }

    /// <summary>Makes or migrates the cell's database and opens it. Keys wrapped by the master key before a rotation are wrapped anew.</summary>
    /// <exception cref="CellUnreachableException">The database cannot be used; the message says why and what to do.</exception>
    public static async Task<Cell> OpenAsync(
        string slug, StorageProvider storage, MasterKeys master, TimeProvider time, ILogger<Cell> logger, CancellationToken cancellationToken = default)
    {
        CellJournal? journal = null;
        try
        {
            storage.PrepareCell(slug);
            journal = new CellJournal(slug, storage, time, logger);
            await using var db = storage.OpenCell(slug, TenantScope.All);
            var meta = await db.CellMeta.SingleOrDefaultAsync(cancellationToken)
                ?? await CreateAsync(slug, journal, master, time, cancellationToken)
                ?? await db.CellMeta.SingleAsync(cancellationToken);
            return new Cell(slug, storage, journal, meta, await UnwrapAsync(meta, journal, master, cancellationToken));
        }
        catch (Exception e)
        {
            if (journal is not null)
                await journal.DisposeAsync();
            if (e is CellUnreachableException or OperationCanceledException)
                throw;
            throw new CellUnreachableException(slug, e is NewerSchemaException ? e.Message : storage.Classify(e).Sentence, e);
        }
    }

    /// <summary>Opens the database for one operation's reads.</summary>
    /// <param name="scope">The rows that are seen.</param>
    public CellDb Open(TenantScope scope) => storage.OpenCell(Slug, scope);

    /// <summary>Reads for one operation; that the database cannot be used is said with the cell's name.</summary>
    /// <exception cref="CellUnreachableException">The database cannot be read; the message says why and what to do.</exception>
    public async Task<T> ReadAsync<T>(TenantScope scope, Func<CellDb, Task<T>> read)
    {
        try
        {
            await using var db = Open(scope);
            return await read(db);
        }
        catch (Exception e) when (e is not CellUnreachableException && Explain(e) is { } sentence)
        {
            throw new CellUnreachableException(Slug, sentence, e);
        }
    }

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

    /// <summary>What a failure of the database means, for people; null when the failure is not the database's.</summary>
    public string? Explain(Exception exception) =>
        storage.Classify(exception) is { Kind: StorageFaultKind.Unreachable } fault ? fault.Sentence : null;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Journal.DisposeAsync();
        Keys.Dispose();
    }

    private static async Task<CellKeys> UnwrapAsync(CellMeta meta, CellJournal journal, MasterKeys master, CancellationToken cancellationToken)
    {
        if (master.Find(meta.MasterKeyId) is not { } key)
        {
            throw new CellUnreachableException(
                meta.Cell, $"its keys are wrapped by the master key {meta.MasterKeyId}, and {MasterKeySource.Key} is {master.Current.Id}. Give the right one, or the old one as {MasterKeySource.PreviousKey}.");
        }

        try
        {
            var keys = CellKeys.Unwrap(key, meta.Cell, meta.WrappedKeys);
            if (key != master.Current)
                await journal.CommitAsync(new JournalBatch().Put(meta with { MasterKeyId = master.Current.Id, WrappedKeys = keys.Wrap(master.Current, meta.Cell) }), cancellationToken);
            return keys;
        }
        catch (CryptographicException e)
        {
            throw new CellUnreachableException(meta.Cell, "its wrapped keys were changed. Restore the cell from a backup.", e);
        }
    }

    /// <summary>Null when another server was faster.</summary>
    private static async Task<CellMeta?> CreateAsync(
        string slug, CellJournal journal, MasterKeys master, TimeProvider time, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        using var keys = CellKeys.Create();
        var meta = new CellMeta
        {
            Cell = slug,
            Incarnation = now.ToUnixTimeMilliseconds(),
            MasterKeyId = master.Current.Id,
            WrappedKeys = keys.Wrap(master.Current, slug),
            CreatedAt = now,
        };
        try
        {
            await journal.CommitAsync(new JournalBatch().Add(meta), cancellationToken);
            return meta;
        }
        catch (RowConflictException)
        {
            return null;
        }
    }
}
