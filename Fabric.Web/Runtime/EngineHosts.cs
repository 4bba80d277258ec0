using System.Collections.Concurrent;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Executors.Cluster;
using Fabric.Workflows.Executors.Gates;
using Fabric.Workflows.Executors.Sandbox;
using Fabric.Workflows.Persistence;

namespace Fabric.Web.Runtime;

/// <summary>The engine of every cell that is open here.</summary>
internal sealed class EngineHosts(FabricStorage storage, SandboxWorld world, TimeProvider time, ILogger<EngineHost> logger)
{
    private readonly ConcurrentDictionary<string, Lazy<EngineHost>> hosts = new(StringComparer.Ordinal);

    /// <summary>The engine of a cell.</summary>
    /// <exception cref="CellUnreachableException">The cell is not open; the message says why.</exception>
    public EngineHost Get(string cell)
    {
        var open = storage.Cells.Get(cell);
        return hosts.GetOrAdd(cell, _ => new Lazy<EngineHost>(() => Make(open))).Value;
    }

    private EngineHost Make(Cell cell) => new(
        cell,
        [new SandboxExecutor(world, time), new GateExecutor(time), new ClusterExecutor(cell, time), new EnrolmentExecutor(cell)],
        RetryRules.Default,
        time,
        logger);
}
