using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Tenancy;
using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Fabric.Web.Access;

/// <summary>Bearer tokens of the API: the bootstrap token, and those kept (as hashes) in the directory.</summary>
internal sealed class TokenHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> schemes, ILoggerFactory loggers, UrlEncoder encoder, IOptions<AccessOptions> access, FabricStorage storage, TimeProvider time)
    : AuthenticationHandler<AuthenticationSchemeOptions>(schemes, loggers, encoder)
{
    public const string SchemeName = "Token";
    private const string Prefix = "Bearer ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            return AuthenticateResult.NoResult();
        var actor = await FindAsync(header[Prefix.Length..].Trim());
        return actor is null
            ? AuthenticateResult.Fail("The token is not known, has expired or was revoked.")
            : AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity(ActorClaims.ToClaims(actor), SchemeName)), SchemeName));
    }

    private async Task<Actor?> FindAsync(string token)
    {
        var bootstrap = access.Value.BootstrapToken;
        if (bootstrap.Length > 0 && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(token)), SHA256.HashData(Encoding.UTF8.GetBytes(bootstrap))))
            return new Actor("bootstrap", "Bootstrap token", ActorKind.Token, Actor.VendorTenant, Role.Admin);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
        await using var db = storage.Directory.Open(TenantScope.All);
        var row = await db.ApiTokens.SingleOrDefaultAsync(t => t.Hash == hash, Context.RequestAborted);
        return row is { RevokedAt: null } && row.ExpiresAt > time.GetUtcNow()
            ? new Actor(row.Id.ToString(), row.Name, ActorKind.Token, row.Tenant, row.Role)
            : null;
    }
}
