using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Fabric.Workflows.Persistence.Sqlite;

/// <summary>
/// One prepared statement, bound and stepped on SQLite's own interface: about twice the rows a second of a <see cref="SqliteCommand"/>.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 database;
    private readonly sqlite3_stmt statement;
    private byte[] text = new byte[4096];

    public SqliteStatement(SqliteConnection connection, string sql)
    {
        database = connection.Handle!;
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(database, sql, out statement), database);
    }

    /// <summary>Runs the statement.</summary>
    /// <param name="values">Parameters in the order of their first appearance.</param>
    public void Execute(params ReadOnlySpan<object?> values) => Read(values, static _ => 0);

    /// <summary>Runs the statement and reads its only row; the default when there is none.</summary>
    public T? Read<T>(ReadOnlySpan<object?> values, Func<sqlite3_stmt, T> row)
    {
        for (var i = 0; i < values.Length; i++)
            SqliteException.ThrowExceptionForRC(Bind(i + 1, values[i]), database);
        try
        {
            var code = raw.sqlite3_step(statement);
            if (code == raw.SQLITE_ROW)
                return row(statement);
            SqliteException.ThrowExceptionForRC(code, database);
            return default;
        }
        finally
        {
            _ = raw.sqlite3_reset(statement);
        }
    }

    public void Dispose() => statement.Dispose();

    private int Bind(int index, object? value) => value switch
    {
        null => raw.sqlite3_bind_null(statement, index),
        string s => BindText(index, s),
        long n => raw.sqlite3_bind_int64(statement, index, n),
        int n => raw.sqlite3_bind_int(statement, index, n),
        bool b => raw.sqlite3_bind_int(statement, index, b ? 1 : 0),
        byte[] bytes => raw.sqlite3_bind_blob(statement, index, bytes),
        double d => raw.sqlite3_bind_double(statement, index, d),
        _ => throw new NotSupportedException($"No column of a row is a {value.GetType().Name}."),
    };

    private int BindText(int index, string value)
    {
        var most = Encoding.UTF8.GetMaxByteCount(value.Length);
        if (text.Length < most)
            text = new byte[most];
        return raw.sqlite3_bind_text(statement, index, text.AsSpan(0, Encoding.UTF8.GetBytes(value, text)));
    }
}
