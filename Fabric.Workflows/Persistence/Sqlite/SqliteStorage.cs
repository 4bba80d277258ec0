using Fabric.Workflows.Persistence.Rows;
using Fabric.Workflows.Tenancy;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Workflows.Persistence.Sqlite;

/// <summary>Databases as files of one folder: <c>directory.db</c> and <c>cell-{slug}.db</c>, written ahead (WAL) and synchronous at every commit.</summary>
/// <param name="folder">The folder; made when it is missing.</param>
public sealed class SqliteStorage(string folder) : StorageProvider
{
    private RowTables? tables;

    /// <summary>Pages a cell's file may have at most; 0 for no limit. For tests of a full disk.</summary>
    internal int MaximumPages { get; set; }

    /// <summary>How long a lock of somebody else (a backup, a person with a shell) is waited for before the callers hear of it.</summary>
    internal int LockSeconds { get; init; } = 5;

    /// <inheritdoc/>
    public override void PrepareCell(string cell)
    {
        using var db = OpenCell(cell, TenantScope.All);
        Prepare(CellFile(cell), db);
    }

    /// <inheritdoc/>
    public override void PrepareDirectory()
    {
        using var db = OpenDirectory(TenantScope.All);
        Prepare(DirectoryFile, db);
    }

    /// <inheritdoc/>
    public override DirectoryDb OpenDirectory(TenantScope scope) => new SqliteDirectoryDb(Options<SqliteDirectoryDb>(DirectoryFile), scope);

    /// <inheritdoc/>
    public override CellDb OpenCell(string cell, TenantScope scope) => new SqliteCellDb(Options<SqliteCellDb>(CellFile(cell)), scope);

    internal static DbContextOptions<T> Options<T>(string file)
        where T : DbContext =>
        new DbContextOptionsBuilder<T>().UseSqlite(new SqliteConnectionStringBuilder { DataSource = file }.ToString()).Options;

    internal override IJournalSession OpenJournal(string cell)
    {
        if (tables is null)
        {
            using var db = OpenCell(cell, TenantScope.All);
            tables = new RowTables(db.Model, n => $"?{n}");
        }

        return new SqliteJournalSession(Connect(CellFile(cell)), tables);
    }

    internal override StorageFault Classify(Exception exception) => SqliteFaults.Classify(exception, folder);

    /// <summary>Where the cell's file is.</summary>
    internal string CellFile(string cell) => Path.Combine(folder, $"cell-{cell}.db");

    private string DirectoryFile => Path.Combine(folder, "directory.db");

    private void Prepare(string file, DbContext db)
    {
        Directory.CreateDirectory(folder);
        using (var connection = Connect(file))
            Execute(connection, "PRAGMA journal_mode = WAL");
        Schema.Apply(db, () => db.Database.ExecuteSqlRaw("DROP TABLE IF EXISTS \"__EFMigrationsLock\""));
    }

    private SqliteConnection Connect(string file)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, DefaultTimeout = LockSeconds }.ToString());
        try
        {
            connection.Open();
            Execute(connection, $"PRAGMA busy_timeout = {LockSeconds * 1000}; PRAGMA synchronous = FULL; PRAGMA cache_size = -32768; PRAGMA wal_autocheckpoint = 16000");
            if (MaximumPages > 0)
                Execute(connection, $"PRAGMA max_page_count = {MaximumPages}");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
