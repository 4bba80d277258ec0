using Fabric.Workflows.Persistence.Rows;
using Microsoft.Data.Sqlite;

namespace Fabric.Workflows.Persistence.Sqlite;

/// <summary>Writes a cell's SQLite file: one connection, every statement prepared once.</summary>
internal sealed class SqliteJournalSession : IJournalSession
{
    private readonly SqliteConnection connection;
    private readonly Dictionary<(RowTable, WriteKind), SqliteCommand> commands = [];
    private SqliteTransaction? transaction;

    public SqliteJournalSession(SqliteConnection connection, RowTables tables)
    {
        this.connection = connection;
        Tables = tables;
    }

    public RowTables Tables { get; }

    public string Table { get; private set; } = "";

    public CellHeads Begin()
    {
        // Microsoft.Data.Sqlite begins IMMEDIATE: from here on nobody else writes.
        transaction = connection.BeginTransaction();
        using var command = Command("SELECT event_sequence, intent_sequence, audit_sequence, audit_hash FROM cell_heads WHERE id = 1");
        using var reader = command.ExecuteReader();
        return reader.Read()
            ? new CellHeads { EventSequence = reader.GetInt64(0), IntentSequence = reader.GetInt64(1), AuditSequence = reader.GetInt64(2), AuditHash = reader.GetString(3) }
            : new CellHeads();
    }

    public long? RaiseEpoch(Guid environmentId)
    {
        using var command = Command("UPDATE environments SET epoch = epoch + 1 WHERE id = @id RETURNING epoch", environmentId);
        return (long?)command.ExecuteScalar();
    }

    public long? Epoch(Guid environmentId)
    {
        using var command = Command("SELECT epoch FROM environments WHERE id = @id", environmentId);
        return (long?)command.ExecuteScalar();
    }

    public void Write(WriteKind kind, RowTable table, object?[] values)
    {
        var command = Prepared(kind, table, values.Length);
        command.Transaction = transaction;
        Table = table.Name;
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        command.ExecuteNonQuery();
    }

    public void Flush()
    {
    }

    public void Mark() => transaction!.Save("batch");

    public void Back() => transaction!.Rollback("batch");

    public void Commit()
    {
        transaction!.Commit();
        transaction.Dispose();
        transaction = null;
    }

    public void Rollback()
    {
        try
        {
            transaction?.Dispose();
        }
        catch (SqliteException)
        {
            // SQLite has rolled back by itself (full disk, lost file); the session is thrown away.
        }

        transaction = null;
    }

    public void Dispose()
    {
        Rollback();
        foreach (var command in commands.Values)
            command.Dispose();
        connection.Dispose();
    }

    private SqliteCommand Prepared(WriteKind kind, RowTable table, int parameters)
    {
        if (commands.TryGetValue((table, kind), out var command))
            return command;
        command = new SqliteCommand(table.Sql(kind), connection, transaction);
        for (var i = 0; i < parameters; i++)
            command.Parameters.Add(new SqliteParameter($"@p{i}", null));
        commands[(table, kind)] = command;
        return command;
    }

    private SqliteCommand Command(string sql, Guid? id = null)
    {
        var command = new SqliteCommand(sql, connection, transaction);
        if (id is { } value)
            command.Parameters.AddWithValue("@id", value);
        return command;
    }
}
