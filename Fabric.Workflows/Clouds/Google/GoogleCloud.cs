using Fabric.Workflows.Engine;

namespace Fabric.Workflows.Clouds.Google;

/// <summary>Google Cloud.</summary>
internal sealed class GoogleCloud(GoogleTokens tokens, GoogleProjects projects, GooglePreflight preflight, GoogleSetup setup) : ICloud
{
    private const string TokenVariable = "GOOGLE_OAUTH_ACCESS_TOKEN";

    public string Name => "google";

    public CloudWords Words { get; } = new("Google Cloud", "project", "The id of a project, not its number", "my-project", "europe-west3");

    public IReadOnlyList<SignInKind> SignIns => GoogleSignIns.All;

    public OperationFault? RegionFault(string region) =>
        GoogleSignIns.IsRegion(region) ? null : CloudFaults.Wrong("region", $"'{region}' is no region of Google Cloud, such as {Words.RegionExample}.");

    public IReadOnlyDictionary<string, string> Given(string account) => new Dictionary<string, string> { [OwnershipProof.Field] = OwnershipProof.New() };

    public IReadOnlyList<OperationFault> Check(CloudAccount account, string? secret) => GoogleSignIns.Check(account, secret);

    public CloudSetup Setup(CloudAccount account, SignInKind kind) => setup.Of(account, kind);

    public async Task<Outcome<CloudSession>> OpenAsync(OpenedAccount account, string region, string purpose, CancellationToken cancellationToken)
    {
        var token = await tokens.GetAsync(account, cancellationToken);
        if (!token.Succeeded)
            return token.Cast<CloudSession>();
        if (await ProjectFaultAsync(account, token.Value.Value, cancellationToken) is { } fault)
            return fault;
        var variables = new Dictionary<string, string> { [TokenVariable] = token.Value.Value, ["GOOGLE_PROJECT"] = account.Row.Account, ["GOOGLE_REGION"] = region };
        return new CloudSession(account.Row.Account, variables, [token.Value.Value], token.Value.ExpiresAt);
    }

    public Task<IReadOnlyList<PreflightCheck>> PreflightAsync(OpenedAccount account, CancellationToken cancellationToken) =>
        preflight.RunAsync(account, (token, ct) => ProjectFaultAsync(account, token, ct), cancellationToken);

    public Task<Outcome<IReadOnlyList<CloudResource>>> FindAsync(
        CloudSession session, string region, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken) =>
        projects.FindAsync(session.Variables[TokenVariable], session.Account, region, tags, cancellationToken);

    public Task<Outcome<IReadOnlyList<CloudResource>>> InNetworkAsync(CloudSession session, string region, string networkId, CancellationToken cancellationToken) =>
        projects.InNetworkAsync(session.Variables[TokenVariable], session.Account, networkId, cancellationToken);

    public Task<Outcome<bool>> RemoveAsync(CloudSession session, string region, CloudResource resource, CancellationToken cancellationToken) =>
        projects.RemoveAsync(session.Variables[TokenVariable], session.Account, resource, cancellationToken);

    /// <summary>What keeps Fabric from working in the project: it is gone, or does not carry the proof that a federation needs.</summary>
    private async Task<OperationFault?> ProjectFaultAsync(OpenedAccount account, string token, CancellationToken ct)
    {
        var project = await projects.ProjectAsync(token, account.Row.Account, ct);
        if (!project.Succeeded)
            return project.Faults[0];
        if ((string?)project.Value["state"] != "ACTIVE" || (string?)project.Value["projectId"] != account.Row.Account)
            return CloudFaults.Refused($"Project {account.Row.Account} is not active. Restore it, or connect another.");
        return account.Kind != GoogleSignIns.Federation || (string?)project.Value["labels"]?[OwnershipProof.Tag] == account[OwnershipProof.Field]
            ? null
            : CloudFaults.Refused($"Project {account.Row.Account} does not carry the label {OwnershipProof.Tag} with the value {account[OwnershipProof.Field]}, which shows that it is yours to connect. Put it there, as the account's set-up says.");
    }
}
