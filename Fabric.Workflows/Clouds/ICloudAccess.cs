using Fabric.Workflows.Engine;
using Fabric.Workflows.Environments;

namespace Fabric.Workflows.Clouds;

/// <summary>The one account of an environment, for as long as one piece of work takes. Nothing here ever reaches another account.</summary>
public interface ICloudAccess
{
    /// <summary>Signs in to the account of an environment.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="purpose">What for, in the words of the cloud's own audit log: a slug of at most 64 characters.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Short-lived credentials; or a fault that says what is missing and where to mend it.</returns>
    Task<Outcome<CloudSession>> OpenAsync(FabricEnvironment environment, string purpose, CancellationToken cancellationToken);

    /// <summary>What in the account and region of the environment carries all of these tags.</summary>
    /// <returns>The resources; or a fault when nobody could look.</returns>
    Task<Outcome<IReadOnlyList<CloudResource>>> FindAsync(FabricEnvironment environment, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken);

    /// <summary>What lives in a network: load balancers, interfaces, security groups, subnets.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="networkId">The cloud's id of the network.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The resources; or a fault when nobody could look.</returns>
    Task<Outcome<IReadOnlyList<CloudResource>>> InNetworkAsync(FabricEnvironment environment, string networkId, CancellationToken cancellationToken);

    /// <summary>Begins to remove one resource that was found in a network, because a person said so.</summary>
    /// <returns>True when the cloud took it on; or a fault that says why it is still there.</returns>
    Task<Outcome<bool>> RemoveAsync(FabricEnvironment environment, CloudResource resource, CancellationToken cancellationToken);

    /// <summary>Has a cluster in the account install its agent; see <see cref="IAgentBootstrap.StartAsync"/>.</summary>
    /// <param name="environment">The environment whose account it is.</param>
    /// <param name="cluster">Name of the cluster in the account and region.</param>
    /// <param name="manifest">Makes what the cluster applies, which holds a one-time token; asked only once the bootstrap is found.</param>
    /// <param name="key">Names this try to the cloud: sent again, it starts nothing a second time.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The cloud's id of the bootstrap's run; or a fault, <see cref="CloudFaults.NoBootstrap"/> where the cluster has none.</returns>
    Task<Outcome<string>> StartBootstrapAsync(FabricEnvironment environment, string cluster, Func<Task<string>> manifest, Guid key, CancellationToken cancellationToken) =>
        Task.FromResult<Outcome<string>>(CloudFaults.WithoutBootstrap(cluster));

    /// <summary>How a run of a bootstrap stands.</summary>
    /// <returns>Its state; or a fault when nobody could look.</returns>
    Task<Outcome<BootstrapState>> LookAtBootstrapAsync(FabricEnvironment environment, string run, CancellationToken cancellationToken) =>
        Task.FromResult<Outcome<BootstrapState>>(CloudFaults.WithoutBootstrap(run));
}

/// <summary>Short-lived access to one account.</summary>
/// <param name="Account">The cloud's id of the account.</param>
/// <param name="Variables">Environment variables that the cloud's own tools and Terraform's provider read.</param>
/// <param name="Secrets">Values that must appear in no log, plan, page or error.</param>
/// <param name="ExpiresAt">UTC; null for as long as the process.</param>
public sealed record CloudSession(string Account, IReadOnlyDictionary<string, string> Variables, IReadOnlyList<string> Secrets, DateTimeOffset? ExpiresAt);

/// <summary>A resource found in an account.</summary>
/// <param name="Type">Terraform's name of its type, such as <c>aws_vpc</c>; the cloud's own where Terraform has none.</param>
/// <param name="Id">What Terraform imports it by.</param>
/// <param name="Name">Its name or <c>Name</c> tag; empty without one.</param>
/// <param name="Tags">Its tags or labels.</param>
public sealed record CloudResource(string Type, string Id, string Name, IReadOnlyDictionary<string, string> Tags);
