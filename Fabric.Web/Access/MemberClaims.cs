using System.Security.Claims;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Tenancy;
using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Web.Access;

/// <summary>
/// Gives a person that an issuer signed in the tenant and role that the directory knows for its subject; else those of a
/// <c>roles</c> claim <c>fabric:tenant:role</c>; else none, and every page is refused.
/// </summary>
internal sealed class MemberClaims(FabricStorage storage, IHttpContextAccessor requests) : IClaimsTransformation
{
    public async Task<ClaimsPrincipal> TransformAsync(ClaimsPrincipal principal)
    {
        var subject = principal.FindFirstValue("sub") ?? principal.FindFirstValue(ClaimTypes.NameIdentifier);
        if (subject is null || principal.HasClaim(claim => claim.Type == ActorClaims.Role))
            return principal;
        var name = principal.FindFirstValue("name") ?? subject;
        await using var db = storage.Directory.Open(TenantScope.All);
        var memberships = await db.Members.Where(m => m.Subject == subject).OrderBy(m => m.Tenant).ToListAsync();
        var chosen = TenantChoice.Of(requests.HttpContext);
        var member = memberships.Find(m => m.Tenant == chosen) ?? memberships.FirstOrDefault();
        var actor = member is not null
            ? new Actor(subject, member.Name, ActorKind.Person, member.Tenant, member.Role)
            : FromRoles(principal, subject, name);
        if (actor is not null)
            principal.AddIdentity(new ClaimsIdentity(ActorClaims.ToClaims(actor)));
        return principal;
    }

    private static Actor? FromRoles(ClaimsPrincipal principal, string subject, string name)
    {
        foreach (var claim in principal.FindAll("roles"))
        {
            if (claim.Value.Split(':') is ["fabric", var tenant, var word] && Enum.TryParse<Role>(word, ignoreCase: true, out var role) && (role < Role.Support || tenant == Actor.VendorTenant))
                return new Actor(subject, name, ActorKind.Person, tenant, role);
        }

        return null;
    }
}
