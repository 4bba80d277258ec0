using System.Text.RegularExpressions;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using Fabric.Workflows.Engine;
using Microsoft.Extensions.Options;

namespace Fabric.Workflows.Clouds.Aws;

/// <summary>Opens sessions: by a role that the server assumes, or by the account's own access key.</summary>
internal sealed partial class AwsSessions(IOptions<AwsOptions> options, AwsClients clients)
{
    private const int LongestName = 64;

    /// <summary>Signs in; what comes back is a session of the very account that was entered.</summary>
    public Task<Outcome<CloudSession>> OpenAsync(OpenedAccount account, string region, string purpose, CancellationToken ct) =>
        account.Kind == AwsSignIns.Role ? AssumeAsync(account, region, purpose, ct) : UseKeyAsync(account, region, ct);

    /// <summary>What a purpose is called in the account's own audit log.</summary>
    internal static string SessionName(string purpose)
    {
        var name = NotInNames().Replace(purpose, "-");
        return name.Length < 2 ? "fabric" : name[..Math.Min(name.Length, LongestName)];
    }

    private async Task<Outcome<CloudSession>> AssumeAsync(OpenedAccount account, string region, string purpose, CancellationToken ct)
    {
        using var sts = clients.OwnSts(region);
        var request = new AssumeRoleRequest
        {
            RoleArn = account[AwsSignIns.RoleArn],
            ExternalId = account[AwsSignIns.ExternalId],
            RoleSessionName = SessionName(purpose),
            DurationSeconds = options.Value.SessionMinutes * 60,
        };
        var answer = await AwsClients.AskAsync($"STS in {region}", () => sts.AssumeRoleAsync(request, ct), ct);
        if (!answer.Succeeded)
            return answer.Faults[0].Code == CloudFaults.Denied ? NotTrusted(account) : Own(answer.Faults);
        var given = answer.Value.Credentials;
        var keys = new AwsKeys(given.AccessKeyId, given.SecretAccessKey, given.SessionToken);
        return Session(account, AccountIn(answer.Value.AssumedRoleUser.Arn), keys, region, given.Expiration);
    }

    private async Task<Outcome<CloudSession>> UseKeyAsync(OpenedAccount account, string region, CancellationToken ct)
    {
        if (account.Secret is not { Length: > 0 } secret)
            return CloudFaults.Missing($"Cloud account {account.Row.Name} has an access key without its secret. Enter the account's sign-in again.");
        // Not exchanged for a temporary one: AWS lets no session of a plain key make roles, which clusters need.
        var keys = new AwsKeys(account[AwsSignIns.AccessKeyId], secret, null);
        using var sts = clients.Sts(keys, region);
        var answer = await AwsClients.AskAsync($"STS in {region}", () => sts.GetCallerIdentityAsync(new GetCallerIdentityRequest(), ct), ct);
        return answer.Succeeded ? Session(account, answer.Value.Account, keys, region, null) : answer.Cast<CloudSession>();
    }

    private Outcome<CloudSession> Session(OpenedAccount account, string number, AwsKeys keys, string region, DateTime? expires)
    {
        if (number != account.Row.Account)
        {
            return CloudFaults.Refused(
                $"The sign-in of cloud account {account.Row.Name} leads to AWS account {number}, and it was connected as {account.Row.Account}. Enter the sign-in of that account.");
        }

        var variables = new Dictionary<string, string>
        {
            [AwsKeys.IdVariable] = keys.Id,
            [AwsKeys.SecretVariable] = keys.Secret,
            ["AWS_REGION"] = region,
            // Where a key were missing, the server's own role would be taken: never in a customer's work.
            ["AWS_EC2_METADATA_DISABLED"] = "true",
        };
        if (keys.Token is not null)
            variables[AwsKeys.TokenVariable] = keys.Token;
        if (options.Value.Endpoint is { Length: > 0 } endpoint)
            variables["AWS_ENDPOINT_URL"] = endpoint;
        return new CloudSession(
            number, variables, keys.Token is null ? [keys.Secret] : [keys.Secret, keys.Token], expires is { } at ? new DateTimeOffset(at.ToUniversalTime()) : null);
    }

    private OperationFault NotTrusted(OpenedAccount account) => CloudFaults.Refused(
        $"AWS does not let Fabric assume {account[AwsSignIns.RoleArn]}: the role is not there, or its trust policy does not name {options.Value.Principal ?? "this server's principal"} with the external id {account[AwsSignIns.ExternalId]}. Compare it with the account's set-up.");

    // The server's own key was refused, which no customer can mend.
    private static OperationFault[] Own(IReadOnlyList<OperationFault> faults) =>
        [.. faults.Select(fault => fault.Code == CloudFaults.SignInRefused
            ? CloudFaults.Unprepared($"AWS does not know this server's own key. Its operator must look at {AwsOptions.Section}.")
            : fault)];

    private static string AccountIn(string arn) => arn.Split(':') is { Length: > 4 } parts ? parts[4] : "";

    [GeneratedRegex(@"[^\w+=,.@-]", RegexOptions.CultureInvariant | RegexOptions.ECMAScript)]
    private static partial Regex NotInNames();
}
