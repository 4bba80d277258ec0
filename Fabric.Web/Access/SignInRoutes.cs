using System.Security.Claims;
using Fabric.Workflows.Tenancy;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Fabric.Web.Access;

/// <summary>Signing in and out.</summary>
internal static class SignInRoutes
{
    /// <summary>Sends people to the issuer.</summary>
    public const string Challenge = "/signin/challenge";

    public static void MapAccess(this WebApplication app)
    {
        var development = app.Services.GetRequiredService<IOptions<AccessOptions>>().Value.Mode is AccessMode.Development;
        if (development)
            app.MapPost("/signin/development", DevelopmentAsync).AllowAnonymous().ExcludeFromDescription();
        else
            app.MapGet(Challenge, ToIssuer).AllowAnonymous().ExcludeFromDescription();
        app.MapPost("/tenant", (Delegate)TenantChoice.ChooseAsync).RequireAuthorization().ExcludeFromDescription();
        app.MapPost("/signout", () => TypedResults.SignOut(
            new AuthenticationProperties { RedirectUri = SessionCookie.SignIn },
            development ? [CookieAuthenticationDefaults.AuthenticationScheme] : [CookieAuthenticationDefaults.AuthenticationScheme, OpenIdConnectDefaults.AuthenticationScheme])).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<IResult> DevelopmentAsync(HttpContext context, [FromForm] string role, [FromForm] string tenant, [FromForm] string name, [FromForm] string? returnUrl)
    {
        if (!Roles.TryParse(role, out var chosen) || !Slug.IsValid(tenant) || !chosen.Fits(tenant))
            return TypedResults.BadRequest($"There is no role {role} in a tenant {tenant}.");
        var actor = new Actor($"{name}@{tenant}".ToLowerInvariant(), name, ActorKind.Person, tenant, chosen);
        await context.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, new ClaimsPrincipal(new ClaimsIdentity(ActorClaims.ToClaims(actor), "Development")));
        return TypedResults.LocalRedirect(Local(returnUrl) ?? (actor.IsVendor ? "/console" : "/portal"));
    }

    private static IResult ToIssuer(string? returnUrl) =>
        TypedResults.Challenge(new AuthenticationProperties { RedirectUri = Local(returnUrl) ?? "/" }, [OpenIdConnectDefaults.AuthenticationScheme]);

    /// <summary>An address of this server; null when it is none.</summary>
    private static string? Local(string? url) => url is ['/', ..] and not (['/', '/', ..] or ['/', '\\', ..]) ? url : null;
}
