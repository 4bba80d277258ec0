using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Fabric.Web.Access;

/// <summary>The cookie of a signed-in person, the same whoever vouched for them.</summary>
internal static class SessionCookie
{
    /// <summary>Where people sign in.</summary>
    public const string SignIn = "/signin";

    /// <summary>Where people land who may not see what they asked for.</summary>
    public const string Refused = "/signin/refused";

    public static void Configure(CookieAuthenticationOptions cookie)
    {
        cookie.Cookie.Name = "fabric";
        cookie.LoginPath = SignIn;
        cookie.AccessDeniedPath = Refused;
        cookie.ExpireTimeSpan = TimeSpan.FromHours(12);
        cookie.SlidingExpiration = true;
        cookie.Events.OnRedirectToLogin = context => ApiOr(context, StatusCodes.Status401Unauthorized);
        cookie.Events.OnRedirectToAccessDenied = context => ApiOr(context, StatusCodes.Status403Forbidden);
    }

    private static Task ApiOr(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        if (context.Request.Path.StartsWithSegments("/api"))
            context.Response.StatusCode = status;
        else
            context.Response.Redirect(context.RedirectUri);
        return Task.CompletedTask;
    }
}
