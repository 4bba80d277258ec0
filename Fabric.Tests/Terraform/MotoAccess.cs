using Fabric.Tests.Clouds;
using Fabric.Workflows.Clouds;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Environments;

namespace Fabric.Tests.Terraform;

/// <summary>One account at the emulator, reached by the real client for AWS.</summary>
internal sealed class MotoAccess(Moto moto) : ICloudAccess
{
    public const string Region = "eu-central-1";

    private readonly OpenedAccount account = new(SampleAccounts.AwsRole(Moto.NewAccount()), null);

    public Task<Outcome<CloudSession>> OpenAsync(FabricEnvironment environment, string purpose, CancellationToken cancellationToken) =>
        moto.Aws.OpenAsync(account, environment.Region, purpose, cancellationToken);

    public async Task<Outcome<IReadOnlyList<CloudResource>>> FindAsync(FabricEnvironment environment, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken) =>
        await moto.Aws.FindAsync((await OpenAsync(environment, "find", cancellationToken)).Value, environment.Region, tags, cancellationToken);

    public async Task<Outcome<IReadOnlyList<CloudResource>>> InNetworkAsync(FabricEnvironment environment, string networkId, CancellationToken cancellationToken) =>
        await moto.Aws.InNetworkAsync((await OpenAsync(environment, "look", cancellationToken)).Value, environment.Region, networkId, cancellationToken);

    public async Task<Outcome<bool>> RemoveAsync(FabricEnvironment environment, CloudResource resource, CancellationToken cancellationToken) =>
        await moto.Aws.RemoveAsync((await OpenAsync(environment, "remove", cancellationToken)).Value, environment.Region, resource, cancellationToken);
}
