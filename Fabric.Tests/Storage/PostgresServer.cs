using System.Diagnostics;
using Fabric.Tests.Support;
using Npgsql;
using Xunit;

[assembly: AssemblyFixture(typeof(Fabric.Tests.Storage.PostgresServer))]

namespace Fabric.Tests.Storage;

/// <summary>
/// A real PostgreSQL server on a free port, started by the first test that asks for it and ended with the run. Each test makes a
/// database of its own in it.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private readonly Lazy<Task<string?>> connection;
    private readonly string folder = Directory.CreateTempSubdirectory("fabric-postgres-").FullName;
    private Process? server;

    public PostgresServer() => connection = new(StartAsync);

    /// <summary>Makes an empty database; skips the test when PostgreSQL is not on this machine.</summary>
    public async Task<string> NewDatabaseAsync()
    {
        if (await connection.Value is not { } settings)
        {
            Assert.Skip("PostgreSQL is not here: apt-get install postgresql");
            return "";
        }

        var name = $"t{Guid.NewGuid():n}";
        await using var source = new NpgsqlConnection(settings);
        await source.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand($"CREATE DATABASE {name}", source);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        return new NpgsqlConnectionStringBuilder(settings) { Database = name }.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (server is { HasExited: false })
        {
            // SIGQUIT to the postmaster ends it and its children at once; nothing in it is worth a checkpoint.
            using var kill = Process.Start("kill", ["-QUIT", server.Id.ToString()]);
            await kill.WaitForExitAsync();
            await server.WaitForExitAsync();
        }

        server?.Dispose();
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    private async Task<string?> StartAsync()
    {
        var programs = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").Select(d => Path.Combine(d, "bin")).LastOrDefault(d => File.Exists(Path.Combine(d, "initdb")))
            : null;
        if (programs is null)
            return null;
        Directory.CreateDirectory(folder);
        if (System.Environment.IsPrivilegedProcess)
            await RunAsync("chown", "postgres", folder);
        await RunAsync([.. AsPostgres, Path.Combine(programs, "initdb"), "-D", folder + "/data", "-U", "fabric", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"]);
        var port = Ports.Next();
        string[] command = [.. AsPostgres, Path.Combine(programs, "postgres"), "-D", folder + "/data", "-p", $"{port}", "-h", "127.0.0.1", "-k", folder];
        server = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        server.ErrorDataReceived += (_, _) => { };
        server.BeginErrorReadLine();
        var settings = $"Host=127.0.0.1;Port={port};Username=fabric;Database=postgres";
        await WaitUntilItAnswersAsync(settings);
        return settings;
    }

    // setpriv replaces itself by the program, so the process id is the server's own.
    private static string[] AsPostgres => System.Environment.IsPrivilegedProcess
        ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
        : ["env"];

    private static async Task RunAsync(params string[] command)
    {
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{command[0]} failed: {errors} {await output}");
    }

    private async Task WaitUntilItAnswersAsync(string settings)
    {
        var deadline = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await using var connection = new NpgsqlConnection(settings);
                await connection.OpenAsync();
                return;
            }
            catch (NpgsqlException) when (deadline.Elapsed < TimeSpan.FromSeconds(120) && !server!.HasExited)
            {
                await Task.Delay(50);
            }
        }
    }
}
