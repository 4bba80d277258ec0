using Fabric.Workflows.Clouds;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Environments;

namespace Fabric.Tests.Terraform;

/// <summary>Nobody is connected; a test that needs one answer gives it alone.</summary>
internal class NoAccounts : ICloudAccess
{
    private static readonly OperationFault Nobody = new(FaultKind.NotFound, "NoAccount", "No account is connected.");

    public virtual Task<Outcome<CloudSession>> OpenAsync(FabricEnvironment environment, string purpose, CancellationToken cancellationToken) => Task.FromResult<Outcome<CloudSession>>(Nobody);

    public virtual Task<Outcome<IReadOnlyList<CloudResource>>> FindAsync(FabricEnvironment environment, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken) =>
        Task.FromResult<Outcome<IReadOnlyList<CloudResource>>>(Nobody);

    public virtual Task<Outcome<IReadOnlyList<CloudResource>>> InNetworkAsync(FabricEnvironment environment, string networkId, CancellationToken cancellationToken) =>
        Task.FromResult<Outcome<IReadOnlyList<CloudResource>>>(Nobody);

    public virtual Task<Outcome<bool>> RemoveAsync(FabricEnvironment environment, CloudResource resource, CancellationToken cancellationToken) => Task.FromResult<Outcome<bool>>(Nobody);
}
