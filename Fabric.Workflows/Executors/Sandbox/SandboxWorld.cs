using System.Threading.Channels;
using Fabric.Workflows.Persistence.Sqlite;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Fabric.Workflows.Executors.Sandbox;

/// <summary>
/// The simulated cloud: a database of its own with commits of its own, so that it tells the truth about what was done to it whatever
/// becomes of the control plane. It writes down every application, repeated ones too.
/// </summary>
public sealed class SandboxWorld : IAsyncDisposable
{
    private const string Schema = """
        CREATE TABLE IF NOT EXISTS resources (environment TEXT, node TEXT, type TEXT, config TEXT, outputs TEXT, PRIMARY KEY (environment, node)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS operations (key TEXT PRIMARY KEY, environment TEXT, node TEXT, kind TEXT, due INTEGER, done INTEGER, outputs TEXT) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS applications (id INTEGER PRIMARY KEY, key TEXT, environment TEXT, node TEXT, at INTEGER);
        CREATE TABLE IF NOT EXISTS faults (environment TEXT, node TEXT, kind TEXT, times INTEGER, delay INTEGER, PRIMARY KEY (environment, node)) WITHOUT ROWID;
        """;

    private readonly SqliteConnection connection;
    private readonly Channel<Job> jobs = Channel.CreateUnbounded<Job>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Task writer;
    private readonly Dictionary<string, SqliteStatement> statements = [];

    private SandboxWorld(SqliteConnection connection)
    {
        this.connection = connection;
        writer = Task.Run(WriteAsync);
    }

    /// <summary>Opens the world, making it when the file does not exist.</summary>
    /// <param name="file">Path of the SQLite file.</param>
    public static SandboxWorld Open(string file)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ConnectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-32768; PRAGMA wal_autocheckpoint=16000; {Schema}";
        command.ExecuteNonQuery();
        return new SandboxWorld(connection);
    }

    /// <summary>Runs <paramref name="work"/> inside the world's next commit and returns when it is durable.</summary>
    internal Task<T> DoAsync<T>(Func<SandboxWorld, T> work)
    {
        var job = new Job<T>(work);
        ObjectDisposedException.ThrowIf(!jobs.Writer.TryWrite(job), this);
        return job.Task;
    }

    /// <summary>Runs one statement of the current commit.</summary>
    internal void Execute(string sql, params object?[] values) => Prepare(sql).Execute(values);

    /// <summary>Reads the first row of a query inside the current commit; null when there is none.</summary>
    internal object?[]? First(string sql, params object?[] values) => Prepare(sql).Read(values, Row);

    /// <summary>Reads all rows of a query inside the current commit.</summary>
    internal List<object?[]> All(string sql, string environment)
    {
        var rows = new List<object?[]>();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("?1", environment);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Add(row);
        }

        return rows;
    }

    /// <summary>Ends the writer after what was asked of it.</summary>
    public async ValueTask DisposeAsync()
    {
        jobs.Writer.TryComplete();
        await writer;
        foreach (var statement in statements.Values)
            statement.Dispose();
        await connection.DisposeAsync();
    }

    private static object?[] Row(sqlite3_stmt row)
    {
        var values = new object?[raw.sqlite3_column_count(row)];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = raw.sqlite3_column_type(row, i) switch
            {
                raw.SQLITE_NULL => null,
                raw.SQLITE_INTEGER => raw.sqlite3_column_int64(row, i),
                _ => raw.sqlite3_column_text(row, i).utf8_to_string(),
            };
        }

        return values;
    }

    private SqliteStatement Prepare(string sql)
    {
        if (!statements.TryGetValue(sql, out var statement))
            statements.Add(sql, statement = new SqliteStatement(connection, sql));
        return statement;
    }

    private async Task WriteAsync()
    {
        while (await jobs.Reader.WaitToReadAsync())
        {
            var group = new List<Job>();
            try
            {
                Execute("BEGIN IMMEDIATE");
                // What is asked while the group is being written still joins it.
                while (group.Count < 1024 && jobs.Reader.TryRead(out var job))
                {
                    group.Add(job);
                    job.Run(this);
                }

                Execute("COMMIT");
                // One hop for the group; whatever its callers do next does not hold up the writer.
                ThreadPool.UnsafeQueueUserWorkItem(done => done.ForEach(job => job.Complete()), group, preferLocal: false);
            }
            catch (SqliteException e)
            {
                Rollback();
                ThreadPool.UnsafeQueueUserWorkItem(lost => lost.ForEach(job => job.Fail(e)), group, preferLocal: false);
            }
        }
    }

    private void Rollback()
    {
        try
        {
            Execute("ROLLBACK");
        }
        catch (SqliteException)
        {
            // SQLite has rolled back by itself already.
        }
    }

    private abstract class Job
    {
        public abstract void Run(SandboxWorld world);

        public abstract void Complete();

        public abstract void Fail(Exception why);
    }

    private sealed class Job<T>(Func<SandboxWorld, T> work) : Job
    {
        private readonly TaskCompletionSource<T> source = new();
        private T result = default!;
        private Exception? fault;

        public Task<T> Task => source.Task;

        public override void Run(SandboxWorld world)
        {
            try
            {
                result = work(world);
            }
            catch (Exception e) when (e is not SqliteException)
            {
                fault = e;
            }
        }

        public override void Complete()
        {
            if (fault is null)
                source.TrySetResult(result);
            else
                source.TrySetException(fault);
        }

        public override void Fail(Exception why) => source.TrySetException(why);
    }
}
