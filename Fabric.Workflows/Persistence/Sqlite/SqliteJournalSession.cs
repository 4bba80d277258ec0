using Fabric.Workflows.Persistence.Rows;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Fabric.Workflows.Persistence.Sqlite;

/// <summary>Writes a cell's SQLite file: one connection, every statement prepared once.</summary>
internal sealed class SqliteJournalSession(SqliteConnection connection, RowTables tables) : IJournalSession
{
    private readonly Dictionary<RowStatement, SqliteStatement> writes = [];
    private readonly Dictionary<string, SqliteStatement> statements = [];
    private bool begun;
    private bool marked;

    public RowTables Tables { get; } = tables;

    public string Table { get; private set; } = "";

    public CellHeads Begin()
    {
        // IMMEDIATE: from here on nobody else writes the file.
        Statement("BEGIN IMMEDIATE").Execute();
        (begun, marked) = (true, false);
        return Statement("SELECT event_sequence, intent_sequence, audit_sequence, audit_hash, commit_id FROM cell_heads").Read([], row => new CellHeads
        {
            EventSequence = raw.sqlite3_column_int64(row, 0),
            IntentSequence = raw.sqlite3_column_int64(row, 1),
            AuditSequence = raw.sqlite3_column_int64(row, 2),
            AuditHash = raw.sqlite3_column_text(row, 3).utf8_to_string(),
            CommitId = new Guid(raw.sqlite3_column_blob(row, 4), true),
        })!;
    }

    public long? RaiseEpoch(Guid environmentId) => Number("UPDATE environments SET epoch = epoch + 1 WHERE id = ? RETURNING epoch", environmentId);

    public Dictionary<Guid, long> Epochs(IReadOnlyCollection<Guid> environmentIds) => environmentIds
        .Select(id => (Id: id, Epoch: Number("SELECT epoch FROM environments WHERE id = ?", id)))
        .Where(e => e.Epoch is not null).ToDictionary(e => e.Id, e => e.Epoch!.Value);

    public void Write(RowStatement statement, object?[] values)
    {
        Table = statement.Table.Name;
        if (!writes.TryGetValue(statement, out var prepared))
            writes[statement] = prepared = new SqliteStatement(connection, statement.Sql);
        prepared.Execute(values);
        if (statement.MustExist && raw.sqlite3_changes(connection.Handle) == 0)
            throw statement.Missing();
    }

    public void Flush()
    {
    }

    public void Mark()
    {
        if (marked)
            Statement("RELEASE batch").Execute();
        Statement("SAVEPOINT batch").Execute();
        marked = true;
    }

    public void Back() => Statement("ROLLBACK TO batch").Execute();

    public void Commit()
    {
        Statement("COMMIT").Execute();
        begun = false;
    }

    public void Rollback()
    {
        if (!begun)
            return;
        begun = false;
        try
        {
            Statement("ROLLBACK").Execute();
        }
        catch (SqliteException)
        {
            // SQLite has rolled back by itself (full disk, lost file); the session is thrown away.
        }
    }

    public void Dispose()
    {
        Rollback();
        foreach (var statement in writes.Values.Concat(statements.Values))
            statement.Dispose();
        connection.Dispose();
    }

    private long? Number(string sql, Guid id) => Statement(sql).Read<long?>([id.ToByteArray(true)], row => raw.sqlite3_column_int64(row, 0));

    private SqliteStatement Statement(string sql)
    {
        if (!statements.TryGetValue(sql, out var statement))
            statements[sql] = statement = new SqliteStatement(connection, sql);
        return statement;
    }
}
