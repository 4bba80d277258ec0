using Fabric.Workflows.Tenancy;

namespace Fabric.Workflows.Persistence;

/// <summary>One way of keeping databases: SQLite files, or schemas of a PostgreSQL database.</summary>
public abstract class StorageProvider
{
    /// <summary>Makes or migrates the cell's database. Throws what the database throws, or <see cref="NewerSchemaException"/>.</summary>
    /// <param name="cell">Slug of the cell.</param>
    public abstract void PrepareCell(string cell);

    /// <summary>Opens the cell's database for reading.</summary>
    /// <param name="cell">Slug of the cell.</param>
    /// <param name="scope">The rows that are seen.</param>
    public abstract CellDb OpenCell(string cell, TenantScope scope);

    /// <summary>Makes or migrates the directory.</summary>
    public abstract void PrepareDirectory();

    /// <summary>Opens the directory.</summary>
    /// <param name="scope">The rows that are seen.</param>
    public abstract DirectoryDb OpenDirectory(TenantScope scope);

    /// <summary>Opens the one connection that writes the cell.</summary>
    internal abstract IJournalSession OpenJournal(string cell);

    /// <summary>How long a database that failed is left alone when nobody has anything to write.</summary>
    internal TimeSpan LooksAgainAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>What a failure of the database means.</summary>
    internal abstract StorageFault Classify(Exception exception);
}

/// <summary>What kind of failure a database reported.</summary>
internal enum StorageFaultKind
{
    /// <summary>A bug, or a bad row: only the batch that caused it fails.</summary>
    Other,

    /// <summary>A row with the same key, or the same unique value, exists.</summary>
    Conflict,

    /// <summary>The database cannot be used now.</summary>
    Unreachable,
}

/// <summary>A failure and what to do about it.</summary>
/// <param name="Kind">What kind of failure.</param>
/// <param name="Sentence">What is wrong and what to do, for people.</param>
/// <param name="IsFull">Whether only what needs more room fails: that there is room again shows in the next write alone.</param>
internal readonly record struct StorageFault(StorageFaultKind Kind, string Sentence, bool IsFull = false);
