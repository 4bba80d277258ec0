using Fabric.Workflows.Engine;

namespace Fabric.Workflows.Clouds;

/// <summary>
/// How a cluster gets its agent although nothing outside reaches it: the module that made the cluster made a secret and something that
/// applies the secret's text to the cluster from inside the account. Fabric writes the one and starts the other.
/// </summary>
public interface IAgentBootstrap
{
    /// <summary>Hands a manifest over and has it applied.</summary>
    /// <param name="session">Access to the account.</param>
    /// <param name="region">Region of the cluster.</param>
    /// <param name="cluster">Name of the cluster.</param>
    /// <param name="owner">Tags that what was made for the environment carries; a bootstrap without them is somebody else's.</param>
    /// <param name="manifest">Makes what is applied, which holds a one-time token; asked only once the bootstrap is found.</param>
    /// <param name="key">Names this try to the cloud: sent again, it starts nothing a second time.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The cloud's id of the run; or a fault, <see cref="CloudFaults.NoBootstrap"/> where the cluster has none.</returns>
    Task<Outcome<string>> StartAsync(CloudSession session, string region, string cluster, IReadOnlyDictionary<string, string> owner, Func<Task<string>> manifest, Guid key, CancellationToken cancellationToken);

    /// <summary>How a run stands.</summary>
    Task<Outcome<BootstrapState>> LookAsync(CloudSession session, string region, string run, CancellationToken cancellationToken);
}

/// <summary>How a run of a bootstrap stands.</summary>
public enum BootstrapState
{
    Running,
    Succeeded,
    Failed,
}
