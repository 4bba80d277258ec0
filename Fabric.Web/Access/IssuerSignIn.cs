using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;

namespace Fabric.Web.Access;

/// <summary>Sign-in by an OpenID Connect issuer, Microsoft's or any other: code with PKCE, and only what Fabric needs is kept of the claims.</summary>
internal static class IssuerSignIn
{
    private static readonly string[] Kept = [ActorClaims.Subject, ActorClaims.Name, "roles"];

    /// <summary>What holds for every issuer.</summary>
    public static void AddIssuerSignIn(this IServiceCollection services)
    {
        services.AddHttpContextAccessor().AddTransient<MemberClaims>().AddTransient<IClaimsTransformation>(provider => provider.GetRequiredService<MemberClaims>());
        services.PostConfigure<OpenIdConnectOptions>(OpenIdConnectDefaults.AuthenticationScheme, Common);
    }

    /// <summary>An issuer of the installation's own choice.</summary>
    public static void Configure(OpenIdConnectOptions oidc, AccessOptions options)
    {
        oidc.Authority = options.Authority;
        oidc.ClientId = options.ClientId;
        oidc.ClientSecret = options.ClientSecret;
        oidc.ResponseType = "code";
        oidc.ResponseMode = "query";
        oidc.UsePkce = true;
        oidc.GetClaimsFromUserInfoEndpoint = true;
        oidc.RequireHttpsMetadata = !new Uri(options.Authority).IsLoopback;
        oidc.ClaimActions.MapJsonKey("roles", "roles");
        // The answer comes back as a plain navigation, so the strict cookies will do, over http on loopback as well.
        foreach (var cookie in new[] { oidc.NonceCookie, oidc.CorrelationCookie })
        {
            cookie.SameSite = SameSiteMode.Lax;
            cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        }
    }

    private static void Common(OpenIdConnectOptions oidc)
    {
        oidc.MapInboundClaims = false;
        oidc.SaveTokens = false;
        oidc.TokenValidationParameters.NameClaimType = ActorClaims.Name;
        oidc.TokenValidationParameters.RoleClaimType = "roles";
        var received = oidc.Events.OnTicketReceived;
        oidc.Events.OnTicketReceived = context =>
        {
            context.Principal = KeepNeeded(context.Principal!);
            return received(context);
        };
        oidc.Events.OnRemoteFailure = context =>
        {
            context.HandleResponse();
            context.Response.Redirect($"{SessionCookie.Refused}?why=issuer");
            return Task.CompletedTask;
        };
        oidc.Events.OnRedirectToIdentityProviderForSignOut = context =>
        {
            context.ProtocolMessage.ClientId = context.Options.ClientId;
            return Task.CompletedTask;
        };
    }

    /// <summary>An issuer vouches for who somebody is. What they may do here it says by <c>roles</c> or not at all: no other claim gets in.</summary>
    private static ClaimsPrincipal KeepNeeded(ClaimsPrincipal principal) => new(new ClaimsIdentity(
        principal.Claims.Where(claim => Kept.Contains(claim.Type)), MemberClaims.IssuerType, ActorClaims.Name, "roles"));
}
