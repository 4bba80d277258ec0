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
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fabric.Tests.Support;

/// <summary>One cell on SQLite in a folder of its own, with the engine and the sandbox on it: no host, no grains.</summary>
public sealed class EngineBed : IAsyncDisposable
{
    private readonly DirectoryInfo folder;
    private readonly List<IDisposable> subscriptions = [];
    private readonly CancellationTokenSource stop = new();
    private readonly List<Task> scanners = [];

    private EngineBed(DirectoryInfo folder, Cell cell, SandboxWorld world, TimeProvider time, RetryRules rules, IEnumerable<IExecutor> more)
    {
        (this.folder, Cell, World) = (folder, cell, world);
        IExecutor[] places = [new SandboxExecutor(world, time), .. more];
        Host = new EngineHost(cell, [.. places, new GateExecutor(time), new ActionExecutor(cell, places)], rules, time, NullLogger<EngineHost>.Instance);
    }

    public Cell Cell { get; }

    public SandboxWorld World { get; }

    public EngineHost Host { get; }

    public static RetryRules FastRules { get; } =
        new(TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(40), 5, TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(5));

    public static Actor Person { get; } = new("p1", "Pia", ActorKind.Person, "sample", Role.Owner);

    public static Task<EngineBed> OpenAsync(RetryRules? rules = null, string? path = null, params IExecutor[] more) => OpenAsync(rules, path, _ => more);

    public static async Task<EngineBed> OpenAsync(RetryRules? rules, string? path, Func<Cell, IEnumerable<IExecutor>> more)
    {
        var folder = path is null ? Directory.CreateTempSubdirectory("fabric-engine") : Directory.CreateDirectory(path);
        var master = new MasterKeys(new MasterKey(new byte[32]));
        var cell = await Cell.OpenAsync("local", new SqliteStorage(folder.FullName), master, TimeProvider.System, NullLogger<Cell>.Instance);
        var world = SandboxWorld.Open(Path.Combine(folder.FullName, "sandbox.db"));
        return new EngineBed(folder, cell, world, TimeProvider.System, rules ?? FastRules, more(cell));
    }

    /// <summary>An entity type that only the sandbox knows.</summary>
    public static EntityType Type(string name = "box", int milliseconds = 0, bool protect = false) => new()
    {
        Name = name,
        Version = "1.0.0",
        Hash = $"{name}-1",
        Config = JsonNode.Parse("""{"type":"object","properties":{"size":{"type":"integer"},"in":{"type":"array"},"place":{"type":"string","x-immutable":true}}}""")!.AsObject(),
        Protect = protect,
        Implementations =
        [
            new Implementation
            {
                On = "sandbox",
                Simulated = new SimulatedSpec
                {
                    Create = TimeSpan.FromMilliseconds(milliseconds),
                    Update = TimeSpan.FromMilliseconds(milliseconds),
                    Delete = TimeSpan.FromMilliseconds(milliseconds),
                    Outputs = new JsonObject { ["id"] = "${entity.name}" },
                },
            },
        ],
    };

    /// <summary>Entity nodes with bindings to the outputs of those they stand after.</summary>
    public static CompiledBlueprint Blueprint(string name, IEnumerable<(string Node, string[] After)> nodes, EntityType? type = null, int version = 1)
    {
        type ??= Type();
        return new CompiledBlueprint
        {
            Name = name,
            Version = version,
            Title = name,
            Hash = $"{name}-{version}",
            Parameters = [],
            Nodes = [.. nodes.Select(node => new BlueprintNode
            {
                Name = node.Node,
                Type = type.Ref,
                Config = new JsonObject
                {
                    ["size"] = "${param.size}",
                    ["in"] = new JsonArray([.. node.After.Select(before => (JsonNode)$"${{{before}.id}}")]),
                },
                DependsOn = [.. node.After.Order(StringComparer.Ordinal)],
            })],
        };
    }

    /// <summary>Layers of nodes, each with two parents in the layer before.</summary>
    public static IEnumerable<(string Node, string[] After)> Layers(int layers, int width) =>
        from layer in Enumerable.Range(0, layers)
        from place in Enumerable.Range(0, width)
        select ($"n{layer}-{place}", layer == 0 ? Array.Empty<string>() : [.. new[] { $"n{layer - 1}-{place}", $"n{layer - 1}-{(place + 1) % width}" }.Distinct()]);

    public async Task<FabricEnvironment> CreateAsync(CompiledBlueprint blueprint, IEnumerable<EntityType>? types = null, string name = "env", JsonObject? parameters = null, string[]? noOp = null, JsonObject? adopted = null, string cloud = FabricEnvironment.SandboxCloud, string tenant = "sample", bool autoApprove = false, string region = "local", Guid? account = null)
    {
        await Host.Catalog.EnsureAsync(blueprint, types ?? [Type()], CancellationToken.None);
        var now = DateTimeOffset.UtcNow;
        var environment = new FabricEnvironment
        {
            Id = Guid.CreateVersion7(),
            Tenant = tenant,
            AutoApprove = autoApprove,
            Name = name,
            Cell = Cell.Slug,
            Blueprint = blueprint.Name,
            Cloud = cloud,
            Region = region,
            AccountId = account,
            CreatedAt = now,
            UpdatedAt = now,
        };
        var generation = new Generation
        {
            EnvironmentId = environment.Id,
            Number = 1,
            Tenant = environment.Tenant,
            Blueprint = blueprint.Name,
            BlueprintVersion = blueprint.Version,
            Revision = 1,
            Parameters = parameters ?? new JsonObject { ["size"] = 1 },
            NoOp = noOp ?? [],
            Adopted = adopted ?? [],
            CreatedAt = now,
            ActorId = Person.Id,
        };
        await Cell.Journal.CommitAsync(new JournalBatch().Add(environment).Add(generation));
        return environment;
    }

    public async Task<EnvironmentOwner> OwnAsync(Guid id)
    {
        var owner = await EnvironmentOwner.TakeOverAsync(Host, id) ?? throw new InvalidOperationException("no such environment");
        var scanner = new CellScanner(Cell, TimeProvider.System, _ =>
        {
            owner.Wake();
            return Task.CompletedTask;
        });
        Host.OnNextLook = scanner.Hint;
        scanners.Add(scanner.RunAsync(stop.Token));
        return owner;
    }

    /// <summary>Returns when a run reaches a state that satisfies the caller; the wait is armed before the act.</summary>
    public Task<Run> WaitAsync(Func<Run, bool> condition, string expected, int seconds = 240)
    {
        var done = new TaskCompletionSource<Run>(TaskCreationOptions.RunContinuationsAsynchronously);
        Run? last = null;
        subscriptions.Add(Cell.Journal.Subscribe(rows =>
        {
            foreach (var run in rows.OfType<Run>())
            {
                last = run;
                if (condition(run))
                    done.TrySetResult(run);
            }
        }));
        return Bounded();

        async Task<Run> Bounded()
        {
            if (await Task.WhenAny(done.Task, Task.Delay(TimeSpan.FromSeconds(seconds))) != done.Task)
                throw new TimeoutException($"Expected {expected}; the last run seen was {last?.Number} in {last?.State}: {last?.Message}");
            return await done.Task;
        }
    }

    public Task<Run> WaitForEndAsync() => WaitAsync(run => run.State.IsTerminal(), "a run that ended");

    public async Task<T> ReadAsync<T>(Func<CellDb, Task<T>> query)
    {
        await using var db = Cell.Open(TenantScope.All);
        return await query(db);
    }

    public Task<List<Entity>> EntitiesAsync(Guid id) => ReadAsync(db => db.Entities.Where(e => e.EnvironmentId == id).OrderBy(e => e.Node).ToListAsync());

    public Task<List<Step>> StepsAsync(Guid runId) => ReadAsync(db => db.Steps.Where(s => s.RunId == runId).OrderBy(s => s.Order).ToListAsync());

    /// <summary>Everything that is on the disk.</summary>
    public IEnumerable<string> Files() => Directory.EnumerateFiles(folder.FullName, "*", SearchOption.AllDirectories);

    public async ValueTask DisposeAsync()
    {
        subscriptions.ForEach(s => s.Dispose());
        // A look that is still under way would make its database anew while the folder is taken away.
        await stop.CancelAsync();
        await Task.WhenAll(scanners).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await World.DisposeAsync();
        await Cell.DisposeAsync();
        await Folders.DeleteAsync(folder);
        stop.Dispose();
    }
}
