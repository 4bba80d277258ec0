using System.Data.Common;
using Fabric.Workflows.Persistence.Rows;
using Npgsql;
using NpgsqlTypes;

namespace Fabric.Workflows.Persistence.Postgres;

/// <summary>Writes a cell's schema: rows are queued and go in few round trips; the driver prepares each statement once.</summary>
internal sealed class PostgresJournalSession(NpgsqlConnection connection, RowTables tables) : IJournalSession
{
    private const int RowsPerRoundTrip = 1_000;

    private readonly List<(RowStatement Statement, NpgsqlBatchCommand Command)> queued = [];
    private NpgsqlTransaction? transaction;
    private bool marked;

    public RowTables Tables { get; } = tables;

    public string Table { get; private set; } = "";

    public CellHeads Begin()
    {
        transaction = connection.BeginTransaction();
        marked = false;
        using var command = new NpgsqlCommand(
            "SELECT event_sequence, intent_sequence, audit_sequence, audit_hash, commit_id FROM cell_heads FOR UPDATE", connection, transaction);
        using var reader = command.ExecuteReader();
        reader.Read();
        return new CellHeads
        {
            EventSequence = reader.GetInt64(0),
            IntentSequence = reader.GetInt64(1),
            AuditSequence = reader.GetInt64(2),
            AuditHash = reader.GetString(3),
            CommitId = reader.GetGuid(4),
        };
    }

    public long? RaiseEpoch(Guid environmentId)
    {
        using var command = new NpgsqlCommand("UPDATE environments SET epoch = epoch + 1 WHERE id = $1 RETURNING epoch", connection, transaction)
        {
            Parameters = { new() { Value = environmentId } },
        };
        return (long?)command.ExecuteScalar();
    }

    public Dictionary<Guid, long> Epochs(IReadOnlyCollection<Guid> environmentIds)
    {
        var epochs = new Dictionary<Guid, long>();
        if (environmentIds.Count == 0)
            return epochs;
        using var command = new NpgsqlCommand("SELECT id, epoch FROM environments WHERE id = ANY($1)", connection, transaction)
        {
            Parameters = { new() { Value = environmentIds.ToArray() } },
        };
        using var reader = command.ExecuteReader();
        while (reader.Read())
            epochs[reader.GetGuid(0)] = reader.GetInt64(1);
        return epochs;
    }

    public void Write(RowStatement statement, object?[] values)
    {
        Table = statement.Table.Name;
        var command = new NpgsqlBatchCommand(statement.Sql);
        for (var i = 0; i < values.Length; i++)
            command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = TypeOf(statement.StoredType(i)), Value = values[i] ?? DBNull.Value });
        queued.Add((statement, command));
        if (queued.Count >= RowsPerRoundTrip)
            Flush();
    }

    public void Flush()
    {
        if (queued.Count == 0)
            return;
        using var batch = new NpgsqlBatch(connection, transaction);
        foreach (var (_, command) in queued)
            batch.BatchCommands.Add(command);
        var missing = default(RowStatement);
        try
        {
            batch.ExecuteNonQuery();
            missing = queued.Find(row => row.Statement.MustExist && row.Command.RecordsAffected == 0).Statement;
        }
        catch (PostgresException e)
        {
            Table = e.TableName ?? Table;
            throw;
        }
        finally
        {
            queued.Clear();
        }

        if (missing is not null)
            throw missing.Missing();
    }

    public void Mark()
    {
        if (marked)
            transaction!.Release("batch");
        transaction!.Save("batch");
        marked = true;
    }

    public void Back()
    {
        queued.Clear();
        transaction!.Rollback("batch");
    }

    public void Commit()
    {
        transaction!.Commit();
        transaction.Dispose();
        transaction = null;
    }

    public void Rollback()
    {
        queued.Clear();
        try
        {
            transaction?.Dispose();
        }
        catch (Exception e) when (e is DbException or IOException or InvalidOperationException)
        {
            // The connection is gone, and the transaction with it; the session is thrown away.
        }

        transaction = null;
    }

    public void Dispose()
    {
        Rollback();
        connection.Dispose();
    }

    private static NpgsqlDbType TypeOf(Type stored) => Type.GetTypeCode(stored) switch
    {
        TypeCode.String => NpgsqlDbType.Text,
        TypeCode.Int64 => NpgsqlDbType.Bigint,
        TypeCode.Int32 => NpgsqlDbType.Integer,
        TypeCode.Boolean => NpgsqlDbType.Boolean,
        TypeCode.Double => NpgsqlDbType.Double,
        _ when stored == typeof(Guid) => NpgsqlDbType.Uuid,
        _ when stored == typeof(DateTimeOffset) => NpgsqlDbType.TimestampTz,
        _ when stored == typeof(byte[]) => NpgsqlDbType.Bytea,
        _ => throw new NotSupportedException($"No column of a row is a {stored.Name}."),
    };
}
