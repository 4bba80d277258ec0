using Fabric.Workflows.Engine;

namespace Fabric.Workflows.Clouds.Azure;

/// <summary>Microsoft Azure.</summary>
internal sealed class AzureCloud(AzureSessions sessions, AzureResources resources, AzurePreflight preflight, AzureSetup setup) : ICloud
{
    public string Name => "azure";

    public CloudWords Words { get; } = new("Azure", "subscription", "A subscription id", "00000000-0000-0000-0000-000000000000", "westeurope");

    public IReadOnlyList<SignInKind> SignIns => AzureSignIns.All;

    public OperationFault? RegionFault(string region) =>
        AzureSignIns.IsRegion(region) ? null : CloudFaults.Wrong("region", $"'{region}' is no region of Azure, such as {Words.RegionExample}.");

    public IReadOnlyDictionary<string, string> Given(string account) => new Dictionary<string, string> { [OwnershipProof.Field] = OwnershipProof.New() };

    public IReadOnlyList<OperationFault> Check(CloudAccount account, string? secret) => AzureSignIns.Check(account, secret);

    public CloudSetup Setup(CloudAccount account, SignInKind kind) => setup.Of(account, kind);

    public Task<Outcome<CloudSession>> OpenAsync(OpenedAccount account, string region, string purpose, CancellationToken cancellationToken) =>
        sessions.OpenAsync(account, cancellationToken);

    public Task<IReadOnlyList<PreflightCheck>> PreflightAsync(OpenedAccount account, CancellationToken cancellationToken) => preflight.RunAsync(account, cancellationToken);

    public async Task<Outcome<IReadOnlyList<CloudResource>>> FindAsync(
        CloudSession session, string region, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken)
    {
        var token = await sessions.TokenAsync(session, cancellationToken);
        return token.Succeeded ? await resources.FindAsync(token.Value, session.Account, region, tags, cancellationToken) : token.Cast<IReadOnlyList<CloudResource>>();
    }

    public async Task<Outcome<IReadOnlyList<CloudResource>>> InNetworkAsync(CloudSession session, string region, string networkId, CancellationToken cancellationToken)
    {
        var token = await sessions.TokenAsync(session, cancellationToken);
        return token.Succeeded ? await resources.InNetworkAsync(token.Value, session.Account, networkId, cancellationToken) : token.Cast<IReadOnlyList<CloudResource>>();
    }

    public async Task<Outcome<bool>> RemoveAsync(CloudSession session, string region, CloudResource resource, CancellationToken cancellationToken)
    {
        var token = await sessions.TokenAsync(session, cancellationToken);
        return token.Succeeded ? await resources.RemoveAsync(token.Value, session.Account, resource, cancellationToken) : token.Cast<bool>();
    }
}
