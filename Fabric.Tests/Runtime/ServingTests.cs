using System.Threading.Channels;
using Fabric.Tests.Storage;
using Fabric.Tests.Support;
using Fabric.Tests.Terraform;
using Fabric.Web.Hosting;
using Fabric.Web.Runtime;
using Fabric.Web.Runtime.Desk;
using Fabric.Web.TerraformApi;
using Fabric.Workflows.Executors.Terraform;
using Fabric.Workflows.Executors.Sandbox;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Secrets;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Fabric.Tests.Runtime;

/// <summary>A cell that cannot be read when the server starts is served as soon as it can be.</summary>
public sealed class ServingTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fabric-serving-");
    private readonly FakeTimeProvider time = new(Rows.Now);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task What_fails_at_first_is_logged_and_tried_again()
    {
        await using var storage = await FabricStorage.OpenAsync(
            new StorageOptions { Data = folder.FullName }, new MasterKeys(new MasterKey(new byte[32])), time, NullLoggerFactory.Instance, Cancel);
        var environment = Rows.Environment();
        await storage.Cells.Get("local").Journal.CommitAsync(new JournalBatch().Add(environment), Cancel);
        await ExecuteAsync("ALTER TABLE environments RENAME TO hidden");

        var (logged, woken) = (Channel.CreateUnbounded<string>(), new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously));
        var workshops = new Workshops(storage, Microsoft.Extensions.Options.Options.Create(new TerraformOptions()), new StorageOptions { Data = folder.FullName }, new ServerAddress(null!), new NoAccounts(), time);
        var hosts = new EngineHosts(storage, SandboxWorld.Open(Path.Combine(folder.FullName, "sandbox.db")), workshops, new NoAccounts(), new ConnectManifests(Microsoft.Extensions.Options.Options.Create(new AgentOptions()), new ServerAddress(null!)), Microsoft.Extensions.Options.Options.Create(new ApprovalOptions()), time, NullLogger<Fabric.Workflows.Engine.EngineHost>.Instance);
        using var service = new EngineService(
            storage, hosts, new NameReleases(storage, time, NullLogger<NameReleases>.Instance), Grains.Refusing(key => woken.TrySetResult(key)), time, new Lines(logged.Writer));
        await service.StartAsync(Cancel);
        Assert.Contains("Cell local could not be served", await logged.Reader.ReadAsync(Cancel), StringComparison.Ordinal);
        await ExecuteAsync("ALTER TABLE hidden RENAME TO environments");
        while (!woken.Task.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(5));
            await Task.WhenAny(woken.Task, Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Cancel));
            Cancel.ThrowIfCancellationRequested();
        }

        Assert.Equal($"local/{environment.Id:N}", await woken.Task);
        await service.StopAsync(Cancel);
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(folder.FullName, "cell-local.db")};Pooling=False");
        await connection.OpenAsync(Cancel);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Cancel);
    }

    private sealed class Lines(ChannelWriter<string> lines) : ILogger<EngineService>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.TryWrite(formatter(state, exception));
    }
}
