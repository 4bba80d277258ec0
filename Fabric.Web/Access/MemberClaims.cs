using System.Security.Claims;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Tenancy;
using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Web.Access;

/// <summary>
/// Gives a person that an issuer signed in the tenant and role that the directory knows for its subject; else those of a
/// <c>roles</c> claim <c>fabric:tenant:role</c>; else none, and every page is refused. A role that does not fit its tenant is none.
/// </summary>
internal sealed class MemberClaims(FabricStorage storage, IHttpContextAccessor requests) : IClaimsTransformation
{
    /// <summary>Marks what an issuer said.</summary>
    public const string IssuerType = "Issuer";

    private const string KnownType = "Fabric";

    public async Task<ClaimsPrincipal> TransformAsync(ClaimsPrincipal principal)
    {
        var type = principal.Identity?.AuthenticationType;
        return type == TokenHandler.SchemeName || principal.Identities.Any(identity => identity.AuthenticationType == KnownType)
            ? principal
            : await KnowAsync(principal, type, TenantChoice.Of(requests.HttpContext));
    }

    /// <summary>What the directory says now of somebody it was asked about before: another role in the same tenant, or none at all.</summary>
    public async Task<ClaimsPrincipal> AgainAsync(ClaimsPrincipal known)
    {
        var tenant = ActorClaims.ToActor(known)?.Tenant;
        var vouched = new ClaimsPrincipal(known.Identities.Where(identity => identity.AuthenticationType != KnownType));
        var now = await KnowAsync(vouched, vouched.Identity?.AuthenticationType, tenant);
        return ActorClaims.ToActor(now)?.Tenant == tenant ? now : vouched;
    }

    private async Task<ClaimsPrincipal> KnowAsync(ClaimsPrincipal principal, string? type, string? chosen)
    {
        // A cookie from a time when people could pick a role opens nothing here.
        if (type != IssuerType)
            return new ClaimsPrincipal(new ClaimsIdentity());
        if (principal.FindFirstValue(ActorClaims.Subject) is not { } subject)
            return principal;
        var name = principal.FindFirstValue(ActorClaims.Name) ?? subject;
        await using var db = storage.Directory.Open(TenantScope.All);
        var members = await db.Members.Where(m => m.Subject == subject).OrderBy(m => m.Tenant).ToListAsync();
        var tenants = await db.Tenants.Select(tenant => tenant.Slug).ToListAsync();
        var actor = members.Count > 0 ? FromMembers(members, chosen) : FromRoles(principal, subject, name, tenants);
        return actor is null ? principal : new ClaimsPrincipal([.. principal.Identities, new ClaimsIdentity(ActorClaims.ToClaims(actor), KnownType)]);
    }

    /// <summary>Who is a member has the membership's role and no other, whatever the issuer says.</summary>
    private static Actor? FromMembers(List<Member> members, string? chosen) =>
        members.Where(member => member.Role.Fits(member.Tenant)).OrderByDescending(member => member.Tenant == chosen).FirstOrDefault() is { } member
        ? new Actor(member.Subject, member.Name, ActorKind.Person, member.Tenant, member.Role)
        : null;

    private static Actor? FromRoles(ClaimsPrincipal principal, string subject, string name, List<string> tenants)
    {
        foreach (var claim in principal.FindAll("roles"))
        {
            if (claim.Value.Split(':') is ["fabric", var tenant, var word] && Roles.TryParse(word, out var role) && role.Fits(tenant) && tenants.Contains(tenant))
                return new Actor(subject, name, ActorKind.Person, tenant, role);
        }

        return null;
    }
}
