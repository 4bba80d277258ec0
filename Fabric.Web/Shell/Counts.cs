using Fabric.Web.Live;
using Fabric.Workflows.Environments;

namespace Fabric.Web.Shell;

/// <summary>What the strip at the top of the console says.</summary>
/// <param name="NotWell">Environments that are degraded or failed, and cells that did not answer.</param>
/// <param name="Going">Runs that are not over.</param>
/// <param name="Away">Trusted agents that are not online.</param>
public sealed record Counts(int NotWell, int Going, int Away)
{
    /// <summary>Counts what the desk has shown.</summary>
    public static Counts Of(FleetView fleet, IReadOnlyList<AgentView> agents, RunsView going) => new(
        fleet.Environments.Count(line => line.Environment.State is EnvironmentState.Degraded or EnvironmentState.Failed) + fleet.Unreachable.Count,
        going.Runs.Count,
        agents.Count(agent => agent is { Online: false, Agent.RevokedAt: null }));
}
