using Fabric.Workflows.Engine;
using Fabric.Workflows.Environments;

namespace Fabric.Workflows.Fleet;

/// <summary>What a cluster applies to get its agent. Only the host knows the address that agents dial.</summary>
public interface IAgentManifests
{
    /// <summary>Why no agent could dial what would stand in a manifest; null when all is well.</summary>
    OperationFault? Fault();

    /// <summary>The manifest of an agent with rights over its whole cluster.</summary>
    /// <param name="environment">The environment the agent will serve.</param>
    /// <param name="token">One-time token, which then stands in the manifest.</param>
    string ForCluster(FabricEnvironment environment, string token);
}
