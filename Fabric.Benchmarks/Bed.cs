using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Catalog;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Executors;
using Fabric.Workflows.Executors.Gates;
using Fabric.Workflows.Executors.Sandbox;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Persistence.Sqlite;
using Fabric.Workflows.Runs;
using Fabric.Workflows.Secrets;
using Fabric.Workflows.Tenancy;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fabric.Benchmarks;

/// <summary>One cell on SQLite (<c>synchronous=FULL</c>) with the engine, the sandbox and one scanner on it.</summary>
internal sealed class Bed : IAsyncDisposable
{
    private static readonly RetryRules Rules =
        new(TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(1), 5, TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(10));

    private readonly ConcurrentDictionary<Guid, EnvironmentOwner> owners = [];
    private readonly CancellationTokenSource stop = new();
    private readonly SandboxWorld world;

    private Bed(Cell cell, SandboxWorld world, IEnumerable<IExecutor> more)
    {
        (Cell, this.world) = (cell, world);
        Host = new EngineHost(
            cell, [new SandboxExecutor(world, TimeProvider.System), new GateExecutor(TimeProvider.System), .. more], Rules, TimeProvider.System, NullLogger<EngineHost>.Instance);
        var scanner = new CellScanner(cell, TimeProvider.System, Wake);
        Host.OnNextLook = scanner.Hint;
        _ = scanner.RunAsync(stop.Token);
    }

    public static Actor Person { get; } = new("bench", "Benchmark", ActorKind.Person, "sample", Role.Owner);

    public Cell Cell { get; }

    public EngineHost Host { get; }

    public static async Task<Bed> OpenAsync(string folder, Func<Cell, IExecutor>? more = null)
    {
        var cell = await Cell.OpenAsync("local", new SqliteStorage(folder), new MasterKeys(new MasterKey(new byte[32])), TimeProvider.System, NullLogger<Cell>.Instance);
        return new Bed(cell, SandboxWorld.Open(Path.Combine(folder, "sandbox.db")), more is null ? [] : [more(cell)]);
    }

    /// <summary>Commits environments that want the blueprint's first version.</summary>
    public Task<IReadOnlyList<Guid>> CreateAsync(CompiledBlueprint blueprint, TimeSpan duration, int count) => CreateAsync(blueprint, Shapes.Type(duration), FabricEnvironment.SandboxCloud, count);

    /// <summary>The same in any cloud.</summary>
    public async Task<IReadOnlyList<Guid>> CreateAsync(CompiledBlueprint blueprint, EntityType type, string cloud, int count)
    {
        await Host.Catalog.EnsureAsync(blueprint, [type], CancellationToken.None);
        var batch = new JournalBatch();
        var ids = Enumerable.Range(0, count).Select(_ => Guid.CreateVersion7()).ToList();
        for (var i = 0; i < count; i++)
            Add(batch, ids[i], $"{blueprint.Name}-{i}", blueprint, cloud);
        await Cell.Journal.CommitAsync(batch);
        return ids;
    }

    public async Task<EnvironmentOwner> OwnAsync(Guid id)
    {
        var owner = await EnvironmentOwner.TakeOverAsync(Host, id) ?? throw new InvalidOperationException($"The cell has no environment {id}.");
        owners[id] = owner;
        return owner;
    }

    /// <summary>Ends every owner, as the end of the process would.</summary>
    public async Task AbandonAsync()
    {
        foreach (var owner in owners.Values)
            await owner.DisposeAsync();
        owners.Clear();
    }

    /// <summary>Completes when that many runs have reached a state the caller waits for.</summary>
    public Task<TimeSpan> ReachedAsync(int count, Func<Run, bool> reached)
    {
        var started = System.Diagnostics.Stopwatch.GetTimestamp();
        var left = count;
        var seen = new ConcurrentDictionary<Guid, bool>();
        var done = new TaskCompletionSource<TimeSpan>(TaskCreationOptions.RunContinuationsAsynchronously);
        Cell.Journal.Subscribe(rows =>
        {
            foreach (var run in rows.OfType<Run>())
            {
                if (run.State is RunState.Failed)
                    done.TrySetException(new InvalidOperationException($"A run failed: {run.Message}"));
                if (reached(run) && seen.TryAdd(run.Id, true) && --left == 0)
                    done.TrySetResult(System.Diagnostics.Stopwatch.GetElapsedTime(started));
            }
        });
        return done.Task.WaitAsync(TimeSpan.FromMinutes(10));
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await AbandonAsync();
        await world.DisposeAsync();
        await Cell.DisposeAsync();
        stop.Dispose();
    }

    private Task Wake(Guid id)
    {
        if (owners.TryGetValue(id, out var owner))
            owner.Wake();
        return Task.CompletedTask;
    }

    private void Add(JournalBatch batch, Guid id, string name, CompiledBlueprint blueprint, string cloud)
    {
        var now = DateTimeOffset.UtcNow;
        batch.Add(new FabricEnvironment
        {
            Id = id, Tenant = "sample", Name = name, Cell = Cell.Slug, Blueprint = blueprint.Name, Cloud = cloud,
            Region = cloud == FabricEnvironment.SandboxCloud ? "local" : "eu-central-1", CreatedAt = now, UpdatedAt = now,
        });
        batch.Add(new Generation
        {
            EnvironmentId = id, Number = 1, Tenant = "sample", Blueprint = blueprint.Name, BlueprintVersion = blueprint.Version, Revision = 1,
            Parameters = new JsonObject { ["size"] = 1 }, NoOp = [], Adopted = [], CreatedAt = now, ActorId = Person.Id,
        });
    }
}
