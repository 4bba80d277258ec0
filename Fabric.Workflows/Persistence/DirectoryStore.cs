using Fabric.Workflows.Audit;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Workflows.Persistence;

/// <summary>The directory database. Rarely written, so a write is a plain transaction, with the audit events in it.</summary>
public sealed class DirectoryStore
{
    private readonly StorageProvider storage;

    private DirectoryStore(StorageProvider storage) => this.storage = storage;

    /// <summary>Makes or migrates the directory and opens it.</summary>
    /// <exception cref="DirectoryUnreachableException">The database cannot be used; the message says why and what to do.</exception>
    public static DirectoryStore Open(StorageProvider storage)
    {
        try
        {
            storage.PrepareDirectory();
            return new DirectoryStore(storage);
        }
        catch (Exception e)
        {
            throw new DirectoryUnreachableException(e is NewerSchemaException ? e.Message : storage.Classify(e).Sentence, e);
        }
    }

    /// <summary>Opens the database for one operation's reads.</summary>
    /// <param name="scope">The rows that are seen.</param>
    public DirectoryDb Open(TenantScope scope) => storage.OpenDirectory(scope);

    /// <summary>
    /// Runs <paramref name="change"/> in a transaction that no other writer of the directory overlaps, saves what it added, updated or
    /// removed, and chains the audit events behind it: all or nothing.
    /// </summary>
    /// <param name="change">Reads and changes rows; must not save. It sees every tenant.</param>
    /// <param name="audit">What happened, for the chain.</param>
    /// <param name="cancellationToken">Gives up; nothing is written then.</param>
    /// <exception cref="RowConflictException">A row with the same key or name exists.</exception>
    /// <exception cref="DirectoryUnreachableException">The database cannot be written; nothing was.</exception>
    public Task WriteAsync(Func<DirectoryDb, Task> change, IReadOnlyList<AuditEvent> audit, CancellationToken cancellationToken = default) => WriteAsync(
        async db =>
        {
            await change(db);
            return audit;
        },
        cancellationToken);

    /// <summary>The same, where only the change can tell what happened: a change that finds nothing to do returns no event.</summary>
    public async Task WriteAsync(Func<DirectoryDb, Task<IReadOnlyList<AuditEvent>>> change, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var db = Open(TenantScope.All);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var head = await db.LockHeadAsync(cancellationToken);
            var audit = await change(db);
            foreach (var row in audit)
            {
                var chained = row.Chained(head.AuditSequence + 1, head.AuditHash);
                head = head with { AuditSequence = chained.Sequence, AuditHash = chained.Hash };
                db.Add(chained);
            }

            if (audit.Count > 0)
                db.Update(head);
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        catch (Exception e) when (storage.Classify(e) is var fault && fault.Kind != StorageFaultKind.Other)
        {
            if (fault.Kind == StorageFaultKind.Conflict)
                throw new RowConflictException(ConflictTable(e), e);
            throw new DirectoryUnreachableException(fault.Sentence, e);
        }
    }

    private static string ConflictTable(Exception e) =>
        e is DbUpdateException { Entries: [var entry, ..] } ? entry.Metadata.GetTableName()! : "the directory";
}

/// <summary>The directory cannot be used now. The message says why and what to do; cells go on without it.</summary>
public sealed class DirectoryUnreachableException(string sentence, Exception? inner = null)
    : Exception($"The directory is unreachable: {sentence}", inner);
