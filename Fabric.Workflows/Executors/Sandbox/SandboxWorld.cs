using System.Threading.Channels;
using Microsoft.Data.Sqlite;

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
    private readonly Dictionary<string, SqliteCommand> commands = [];

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
        command.CommandText = $"PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; {Schema}";
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
    internal int Execute(string sql, params object?[] values) => Prepare(sql, values).ExecuteNonQuery();

    /// <summary>Reads the first row of a query inside the current commit; null when there is none.</summary>
    internal object?[]? First(string sql, params object?[] values)
    {
        using var reader = Prepare(sql, values).ExecuteReader();
        if (!reader.Read())
            return null;
        var row = new object?[reader.FieldCount];
        for (var i = 0; i < row.Length; i++)
            row[i] = reader.IsDBNull(i) ? null : reader.GetValue(i);
        return row;
    }

    /// <summary>Reads all rows of a query inside the current commit.</summary>
    internal List<object?[]> All(string sql, params object?[] values)
    {
        var rows = new List<object?[]>();
        using var reader = Prepare(sql, values).ExecuteReader();
        while (reader.Read())
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? null : reader.GetValue(i))]);
        return rows;
    }

    /// <summary>Ends the writer after what was asked of it.</summary>
    public async ValueTask DisposeAsync()
    {
        jobs.Writer.TryComplete();
        await writer;
        foreach (var command in commands.Values)
            await command.DisposeAsync();
        await connection.DisposeAsync();
    }

    private SqliteCommand Prepare(string sql, object?[] values)
    {
        if (!commands.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
            command.CommandText = sql;
            for (var i = 0; i < values.Length; i++)
                command.Parameters.Add(new SqliteParameter { ParameterName = $"@p{i}" });
            commands.Add(sql, command);
        }

        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        return command;
    }

    private async Task WriteAsync()
    {
        var group = new List<Job>();
        while (await jobs.Reader.WaitToReadAsync())
        {
            group.Clear();
            while (group.Count < 1024 && jobs.Reader.TryRead(out var job))
                group.Add(job);
            try
            {
                Execute("BEGIN IMMEDIATE");
                group.ForEach(job => job.Run(this));
                Execute("COMMIT");
                group.ForEach(job => job.Complete());
            }
            catch (SqliteException e)
            {
                Rollback();
                group.ForEach(job => job.Fail(e));
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
        private readonly TaskCompletionSource<T> source = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T result = default!;

        public Task<T> Task => source.Task;

        public override void Run(SandboxWorld world) => result = work(world);

        public override void Complete() => source.TrySetResult(result);

        public override void Fail(Exception why) => source.TrySetException(why);
    }
}
