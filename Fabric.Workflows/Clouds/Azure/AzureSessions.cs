using System.Text.RegularExpressions;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using Fabric.Workflows.Engine;
using Microsoft.Extensions.Options;
using Microsoft.Identity.Client;

namespace Fabric.Workflows.Clouds.Azure;

/// <summary>Opens sessions of a subscription, and gets tokens for them.</summary>
internal sealed partial class AzureSessions(IOptions<AzureOptions> options, AzureResources resources, HttpClient http)
{
    /// <summary>Signs in and looks at the subscription: it must be the one that was entered and, for a federated sign-in, carry the proof.</summary>
    public async Task<Outcome<CloudSession>> OpenAsync(OpenedAccount account, CancellationToken ct)
    {
        var assertion = account.Kind == AzureSignIns.Federated ? await OwnToken.ReadAsync(options.Value.TokenFile, $"{AzureOptions.Section}:TokenFile", ct) : (Outcome<string>)"";
        if (!assertion.Succeeded)
            return assertion.Cast<CloudSession>();
        var session = Session(account, assertion.Value);
        var token = await TokenAsync(session, ct);
        if (!token.Succeeded)
            return token.Cast<CloudSession>();
        var subscription = await resources.SubscriptionAsync(token.Value, account.Row.Account, ct);
        if (!subscription.Succeeded)
            return subscription.Cast<CloudSession>();
        var proof = subscription.Value.Tags.GetValueOrDefault(OwnershipProof.Tag);
        return account.Kind == AzureSignIns.Federated && proof != account[OwnershipProof.Field]
            ? CloudFaults.Refused($"Subscription {account.Row.Account} does not carry the tag {OwnershipProof.Tag} with the value {account[OwnershipProof.Field]}, which shows that it is yours to connect. Put it there, as the account's set-up says.")
            : session;
    }

    /// <summary>A token for the resource manager, by what the session's variables carry.</summary>
    public async Task<Outcome<string>> TokenAsync(CloudSession session, CancellationToken ct)
    {
        var (tenant, client) = (session.Variables["ARM_TENANT_ID"], session.Variables["ARM_CLIENT_ID"]);
        try
        {
            TokenCredential credential = session.Variables.TryGetValue("ARM_CLIENT_SECRET", out var secret)
                ? new ClientSecretCredential(tenant, client, secret, Configure(new ClientSecretCredentialOptions { DisableInstanceDiscovery = IsOwnAuthority }))
                : new ClientAssertionCredential(tenant, client, () => session.Variables["ARM_OIDC_TOKEN"], Configure(new ClientAssertionCredentialOptions { DisableInstanceDiscovery = IsOwnAuthority }));
            return (await credential.GetTokenAsync(new TokenRequestContext([$"{options.Value.Endpoint.TrimEnd('/')}/.default"]), ct)).Token;
        }
        catch (AuthenticationFailedException e) when (e.InnerException is MsalServiceException { StatusCode: >= 400 and < 500 and not 429 } said)
        {
            // Its sentence repeats the credential; the number in it does not.
            var code = Code().Match(said.Message) is { Success: true } number ? number.Value : $"HTTP {said.StatusCode}";
            return CloudFaults.Refused($"Entra ID does not let application {client} of directory {tenant} sign in ({code}). Compare the application and its credentials with the account's set-up.");
        }
        catch (Exception e) when (e is AuthenticationFailedException or HttpRequestException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            return CloudFaults.Silent("Entra ID does not answer now. Nothing was changed; try again later.");
        }
    }

    private bool IsOwnAuthority => !new Uri(options.Value.Authority).Host.StartsWith("login.", StringComparison.Ordinal);

    private T Configure<T>(T credential)
        where T : TokenCredentialOptions
    {
        credential.AuthorityHost = new Uri(options.Value.Authority);
        credential.Transport = new HttpClientTransport(http);
        credential.Retry.MaxRetries = 1;
        return credential;
    }

    private CloudSession Session(OpenedAccount account, string assertion)
    {
        var federated = account.Kind == AzureSignIns.Federated;
        var variables = new Dictionary<string, string>
        {
            ["ARM_SUBSCRIPTION_ID"] = account.Row.Account,
            ["ARM_TENANT_ID"] = account[AzureSignIns.TenantId],
            ["ARM_CLIENT_ID"] = account[AzureSignIns.ClientId],
            ["ARM_ENVIRONMENT"] = options.Value.Environment,
            // The server's own identity is never taken in a customer's work.
            ["ARM_USE_MSI"] = "false",
            ["ARM_USE_CLI"] = "false",
        };
        if (federated)
            (variables["ARM_USE_OIDC"], variables["ARM_OIDC_TOKEN"]) = ("true", assertion);
        else
            variables["ARM_CLIENT_SECRET"] = account.Secret!;
        return new CloudSession(account.Row.Account, variables, [federated ? assertion : account.Secret!], federated ? OwnToken.EndOf(assertion) : null);
    }

    [GeneratedRegex(@"AADSTS\d{4,9}", RegexOptions.CultureInvariant)]
    private static partial Regex Code();
}
