using Fabric.Workflows.Persistence.Rows;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Fabric.Workflows.Persistence.Postgres;

/// <summary>Databases as schemas of one PostgreSQL database: <c>directory</c> and <c>cell_{slug}</c>.</summary>
/// <param name="connectionString">Npgsql connection string; its user may create schemas.</param>
public sealed class PostgresStorage(string connectionString) : StorageProvider
{
    private const string DirectorySchema = "directory";

    private RowTables? tables;

    /// <inheritdoc/>
    public override void PrepareCell(string cell)
    {
        CreateSchema(CellSchema(cell));
        using var db = OpenCell(cell, TenantScope.All);
        Schema.Apply(db);
    }

    /// <inheritdoc/>
    public override CellDb OpenCell(string cell, TenantScope scope) =>
        new PostgresCellDb(Options<PostgresCellDb>(Connection(CellSchema(cell)), CellSchema(cell)), scope);

    /// <inheritdoc/>
    public override void PrepareDirectory()
    {
        CreateSchema(DirectorySchema);
        using var db = OpenDirectory(TenantScope.All);
        Schema.Apply(db);
    }

    /// <inheritdoc/>
    public override DirectoryDb OpenDirectory(TenantScope scope) =>
        new PostgresDirectoryDb(Options<PostgresDirectoryDb>(Connection(DirectorySchema), DirectorySchema), scope);

    internal static DbContextOptions<T> Options<T>(string connection, string schema)
        where T : DbContext =>
        new DbContextOptionsBuilder<T>().UseNpgsql(connection, npgsql => npgsql.MigrationsHistoryTable("__EFMigrationsHistory", schema)).Options;

    internal override IJournalSession OpenJournal(string cell)
    {
        if (tables is null)
        {
            using var db = OpenCell(cell, TenantScope.All);
            tables = new RowTables(db.Model, n => $"${n}");
        }

        var settings = new NpgsqlConnectionStringBuilder(Connection(CellSchema(cell)))
        {
            Pooling = false,
            MaxAutoPrepare = 200,
            AutoPrepareMinUsages = 2,
            KeepAlive = 30,
        };
        var connection = new NpgsqlConnection(settings.ToString());
        try
        {
            connection.Open();
            return new PostgresJournalSession(connection, tables);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    internal override StorageFault Classify(Exception exception) => PostgresFaults.Classify(exception);

    // A slug has hyphens and no underscore, so this is one to one and needs no quotes.
    private static string CellSchema(string cell) => "cell_" + cell.Replace('-', '_');

    private string Connection(string schema) => new NpgsqlConnectionStringBuilder(connectionString) { SearchPath = schema }.ToString();

    private void CreateSchema(string schema)
    {
        using var connection = new NpgsqlConnection(connectionString);
        connection.Open();
        using var command = new NpgsqlCommand($"CREATE SCHEMA IF NOT EXISTS \"{schema}\"", connection);
        command.ExecuteNonQuery();
    }
}
