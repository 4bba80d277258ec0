using Fabric.Workflows.Engine;

namespace Fabric.Workflows.Clouds.Aws;

/// <summary>Amazon Web Services.</summary>
internal sealed class AwsCloud(AwsSessions sessions, AwsTagged tagged, AwsNetwork network, AwsRemoval removal, AwsPreflight preflight, AwsSetup setup, AwsBootstrap bootstrap) : ICloud
{
    public string Name => "aws";

    public CloudWords Words { get; } = new("AWS", "account", "12 digits", "123456789012", "eu-central-1");

    public IReadOnlyList<SignInKind> SignIns => AwsSignIns.All;

    public IAgentBootstrap? Bootstrap => bootstrap;

    public OperationFault? RegionFault(string region) =>
        AwsRegions.IsRegion(region) ? null : CloudFaults.Wrong("region", $"'{region}' is no region of AWS, such as {Words.RegionExample}.");

    public IReadOnlyDictionary<string, string> Given(string account) => new Dictionary<string, string>
    {
        [AwsSignIns.RoleArn] = $"arn:aws:iam::{account}:role/{AwsSetup.RoleName}",
        [AwsSignIns.ExternalId] = AwsSignIns.NewExternalId(),
    };

    public IReadOnlyList<OperationFault> Check(CloudAccount account, string? secret) => AwsSignIns.Check(account, secret);

    public CloudSetup Setup(CloudAccount account, SignInKind kind) => setup.Of(account, kind);

    public Task<Outcome<CloudSession>> OpenAsync(OpenedAccount account, string region, string purpose, CancellationToken cancellationToken) =>
        sessions.OpenAsync(account, region, purpose, cancellationToken);

    public Task<IReadOnlyList<PreflightCheck>> PreflightAsync(OpenedAccount account, CancellationToken cancellationToken) => preflight.RunAsync(account, cancellationToken);

    public Task<Outcome<IReadOnlyList<CloudResource>>> FindAsync(
        CloudSession session, string region, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken) =>
        tagged.FindAsync(AwsKeys.Of(session), region, tags, cancellationToken);

    public Task<Outcome<IReadOnlyList<CloudResource>>> InNetworkAsync(CloudSession session, string region, string networkId, CancellationToken cancellationToken) =>
        network.ListAsync(AwsKeys.Of(session), region, networkId, cancellationToken);

    public Task<Outcome<bool>> RemoveAsync(CloudSession session, string region, CloudResource resource, CancellationToken cancellationToken) =>
        removal.RemoveAsync(AwsKeys.Of(session), region, resource, cancellationToken);
}
