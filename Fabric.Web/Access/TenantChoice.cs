using System.Security.Claims;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Tenancy;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Fabric.Web.Access;

/// <summary>
/// Which of several tenants a person works in. The cookie is a wish alone: <see cref="MemberClaims"/> follows it only to a tenant
/// that the directory knows the person in, at every request.
/// </summary>
internal static class TenantChoice
{
    private const string Cookie = "fabric-tenant";

    /// <summary>The tenant the browser asks for; null when it asks for none.</summary>
    public static string? Of(HttpContext? context) => context?.Request.Cookies[Cookie];

    /// <summary>Takes a person's choice. A tenant the person is no member of is as good as none.</summary>
    public static async Task<IResult> ChooseAsync(HttpContext context, [FromForm] string tenant, FabricStorage storage, IOptions<AccessOptions> options, CancellationToken ct)
    {
        if (ActorClaims.ToActor(context.User) is not { } actor)
            return TypedResults.LocalRedirect("/signin");
        await using var db = storage.Directory.Open(TenantScope.All);
        if (await db.Members.SingleOrDefaultAsync(m => m.Subject == actor.Id && m.Tenant == tenant, ct) is not { } member || !member.Role.Fits(member.Tenant))
            return TypedResults.BadRequest("You are no member of that tenant.");
        context.Response.Cookies.Append(Cookie, tenant, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps, IsEssential = true });
        // Development signs people in by itself and asks the directory nothing, so the choice goes into the sign-in.
        if (options.Value.Mode is AccessMode.Development)
            await context.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, new ClaimsPrincipal(new ClaimsIdentity(ActorClaims.ToClaims(actor with { Tenant = member.Tenant, Role = member.Role }), "Development")));
        return TypedResults.LocalRedirect("/portal");
    }
}
