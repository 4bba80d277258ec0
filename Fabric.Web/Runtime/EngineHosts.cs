using System.Collections.Concurrent;
using Fabric.Web.TerraformApi;
using Fabric.Workflows.Clouds;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Executors;
using Fabric.Workflows.Executors.Cluster;
using Fabric.Workflows.Executors.Gates;
using Fabric.Workflows.Executors.Sandbox;
using Fabric.Workflows.Executors.Terraform;
using Fabric.Workflows.Fleet;
using Fabric.Workflows.Persistence;
using Microsoft.Extensions.Options;

namespace Fabric.Web.Runtime;

/// <summary>The engine of every cell that is open here.</summary>
internal sealed class EngineHosts(
    FabricStorage storage, SandboxWorld world, Workshops workshops, ICloudAccess clouds, IAgentManifests manifests, IOptions<ApprovalOptions> approvals, TimeProvider time, ILogger<EngineHost> logger)
{
    private readonly ConcurrentDictionary<string, Lazy<EngineHost>> hosts = new(StringComparer.Ordinal);

    /// <summary>The engine of a cell.</summary>
    /// <exception cref="CellUnreachableException">The cell is not open; the message says why.</exception>
    public EngineHost Get(string cell)
    {
        var open = storage.Cells.Get(cell);
        return hosts.GetOrAdd(cell, _ => new Lazy<EngineHost>(() => Make(open))).Value;
    }

    private EngineHost Make(Cell cell)
    {
        var enrolment = new EnrolmentExecutor(cell, new AgentBootstrap(cell, clouds, manifests, time));
        IExecutor[] places = [new SandboxExecutor(world, time), new ClusterExecutor(cell, time), enrolment, new TerraformExecutor(workshops.Of(cell))];
        var rules = RetryRules.Default with { Approvals = approvals.Value.ToPolicy() };
        return new EngineHost(cell, [.. places, new GateExecutor(time), new ActionExecutor(cell, places)], rules, time, logger);
    }
}
