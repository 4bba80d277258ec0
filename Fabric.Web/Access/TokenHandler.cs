using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Fabric.Workflows.Tenancy;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Fabric.Web.Access;

/// <summary>Bearer tokens of the API: the bootstrap token, and those kept (as hashes) in the directory.</summary>
internal sealed class TokenHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> schemes, ILoggerFactory loggers, UrlEncoder encoder, IOptions<AccessOptions> access, TokenStore tokens)
    : AuthenticationHandler<AuthenticationSchemeOptions>(schemes, loggers, encoder)
{
    public const string SchemeName = "Token";
    private const string Prefix = "Bearer ";

    /// <summary>What the bearer shows; null for who shows none.</summary>
    public static string? SecretOf(HttpRequest request) => request.Headers.Authorization.ToString() is { } header && header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
        ? header[Prefix.Length..].Trim()
        : null;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (SecretOf(Request) is not { } secret)
            return AuthenticateResult.NoResult();
        if (IsBootstrap(secret))
            return Success(new Actor("bootstrap", "Bootstrap token", ActorKind.Token, Actor.VendorTenant, Role.Admin), []);
        if (await tokens.FindAsync(secret, Context.RequestAborted) is not { } row)
            return AuthenticateResult.Fail("The token is not known, has expired or was revoked.");
        // Scopes are areas of the API, so a token that has some opens nothing else.
        return row.Scopes.Count > 0 && !Request.Path.StartsWithSegments(PublicApi.PublicApi.Root)
            ? AuthenticateResult.Fail("The token is for parts of the API alone.")
            : Success(new Actor(row.Id.ToString(), row.Name, ActorKind.Token, row.Tenant, row.Role), row.Scopes);
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        return base.HandleChallengeAsync(properties);
    }

    private bool IsBootstrap(string secret) => access.Value.BootstrapToken is { Length: >= AccessOptions.BootstrapLength } bootstrap
        && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(secret)), SHA256.HashData(Encoding.UTF8.GetBytes(bootstrap)));

    private static AuthenticateResult Success(Actor actor, IReadOnlyList<string> scopes)
    {
        var claims = ActorClaims.ToClaims(actor).Concat(scopes.Select(scope => new Claim(ActorClaims.Scope, scope)));
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity(claims, SchemeName)), SchemeName));
    }
}
