using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Fabric.Workflows.Engine;
using Google.Apis.Auth.OAuth2;
using Google.Apis.Auth.OAuth2.Responses;
using Google.Apis.Http;
using Microsoft.Extensions.Options;

namespace Fabric.Workflows.Clouds.Google;

/// <summary>An access token and when it ends.</summary>
internal sealed record GoogleToken(string Value, DateTimeOffset ExpiresAt)
{
    /// <inheritdoc/>
    public override string ToString() => nameof(GoogleToken);
}

/// <summary>Gets access tokens: by the key of a service account, or by this server's own token through a customer's pool.</summary>
internal sealed class GoogleTokens(IOptions<GoogleOptions> options, CloudRest rest, Func<HttpMessageHandler> handler, TimeProvider time)
{
    private const string Scope = "https://www.googleapis.com/auth/cloud-platform";
    private static readonly TimeSpan Life = TimeSpan.FromHours(1);

    public Task<Outcome<GoogleToken>> GetAsync(OpenedAccount account, CancellationToken ct) =>
        account.Kind == GoogleSignIns.Key ? ByKeyAsync(account, ct) : ByFederationAsync(account, ct);

    private async Task<Outcome<GoogleToken>> ByKeyAsync(OpenedAccount account, CancellationToken ct)
    {
        if (GoogleKey.Read(account.Secret) is not { } key)
            return CloudFaults.Missing($"Cloud account {account.Row.Name} has no key of a service account. Enter the account's sign-in again.");
        try
        {
            var initializer = new ServiceAccountCredential.Initializer(key.Email, options.Value.Address("oauth2", "token").ToString())
            {
                Scopes = [Scope],
                HttpClientFactory = new Handlers(handler),
                DefaultExponentialBackOffPolicy = ExponentialBackOffPolicy.None,
            }.FromPrivateKey(key.PrivateKey);
            var credential = new ServiceAccountCredential(initializer);
            if (!await credential.RequestAccessTokenAsync(ct))
                return Silent();
            var token = credential.Token;
            return new GoogleToken(token.AccessToken, time.GetUtcNow() + TimeSpan.FromSeconds(token.ExpiresInSeconds ?? Life.TotalSeconds));
        }
        catch (TokenResponseException e)
        {
            return CloudFaults.Refused($"Google does not let {key.Email} sign in ({CloudRest.CodeIn($$"""{"error":"{{e.Error?.Error}}"}""") ?? "no code"}): the key was deleted, or the service account disabled. Enter a new key.");
        }
        catch (Exception e) when (e is ArgumentException or FormatException or System.Security.Cryptography.CryptographicException)
        {
            return CloudFaults.Refused($"The private key of {key.Email} cannot be read. Enter the whole JSON file again, as Google gave it.");
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            return Silent();
        }
    }

    private async Task<Outcome<GoogleToken>> ByFederationAsync(OpenedAccount account, CancellationToken ct)
    {
        var own = await OwnToken.ReadAsync(options.Value.TokenFile, $"{GoogleOptions.Section}:TokenFile", ct);
        if (!own.Succeeded)
            return own.Cast<GoogleToken>();
        using var exchange = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "urn:ietf:params:oauth:grant-type:token-exchange",
            ["audience"] = $"//iam.googleapis.com/{account[GoogleSignIns.Provider]}",
            ["scope"] = Scope,
            ["requested_token_type"] = "urn:ietf:params:oauth:token-type:access_token",
            ["subject_token_type"] = "urn:ietf:params:oauth:token-type:jwt",
            ["subject_token"] = own.Value,
        });
        var federated = await rest.PostAsync(options.Value.Address("sts", "v1/token"), null, exchange, $"pool {account[GoogleSignIns.Provider]}", ct);
        if (!federated.Succeeded)
            return Refused(federated.Faults[0], $"Google does not take this server's token for {account[GoogleSignIns.Provider]}. Compare its issuer, attribute mapping and condition with the account's set-up.");
        var email = account[GoogleSignIns.ServiceAccount];
        using var wish = JsonContent.Create(new JsonObject { ["scope"] = new JsonArray(Scope), ["lifetime"] = $"{Life.TotalSeconds:0}s" });
        var given = await rest.PostAsync(
            options.Value.Address("iamcredentials", $"v1/projects/-/serviceAccounts/{email}:generateAccessToken"), (string?)federated.Value["access_token"] ?? "", wish, $"service account {email}", ct);
        if (!given.Succeeded)
            return Refused(given.Faults[0], $"Google does not let this server act as {email}. Give it the role Workload Identity User on that service account, as the account's set-up says.");
        return given.Value["accessToken"] is JsonValue token && DateTimeOffset.TryParse((string?)given.Value["expireTime"], System.Globalization.CultureInfo.InvariantCulture, out var end)
            ? new GoogleToken(token.ToString(), end)
            : CloudFaults.NotUnderstood("What Google answered for a token cannot be read. Look whether the endpoint in the settings is right.");
    }

    private static OperationFault Refused(OperationFault fault, string sentence) => fault.Code == CloudFaults.Unreachable ? fault : CloudFaults.Refused(sentence);

    private static OperationFault Silent() => CloudFaults.Silent("Google does not answer for a token now. Nothing was changed; try again later.");

    private sealed class Handlers(Func<HttpMessageHandler> make) : HttpClientFactory
    {
        protected override HttpMessageHandler CreateHandler(CreateHttpClientArgs args) => make();
    }
}
