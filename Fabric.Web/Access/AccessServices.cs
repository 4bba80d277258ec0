using System.Security.Claims;
using Fabric.Workflows.Tenancy;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Identity.Web;

namespace Fabric.Web.Access;

/// <summary>Sign-in of people, tokens of programs.</summary>
internal static class AccessServices
{
    /// <summary>Pages of the console: the vendor's roles alone.</summary>
    public const string VendorPolicy = "Vendor";

    private const string Either = "Either";

    public static WebApplicationBuilder AddAccess(this WebApplicationBuilder builder)
    {
        var options = builder.Configuration.GetSection(AccessOptions.Section).Get<AccessOptions>() ?? new AccessOptions();
        if (options.Faults(builder.Environment.IsDevelopment(), Addresses(builder.Configuration)) is { Count: > 0 } faults)
            throw new InvalidOperationException(string.Join(' ', faults));
        builder.Services.AddOptions<AccessOptions>().BindConfiguration(AccessOptions.Section);
        var authentication = builder.Services.AddAuthentication(scheme =>
        {
            scheme.DefaultScheme = Either;
            scheme.DefaultSignInScheme = CookieAuthenticationDefaults.AuthenticationScheme;
        });
        authentication.AddPolicyScheme(Either, null, policy => policy.ForwardDefaultSelector = context =>
            context.Request.Headers.ContainsKey("Authorization") ? TokenHandler.SchemeName : CookieAuthenticationDefaults.AuthenticationScheme);
        authentication.AddScheme<AuthenticationSchemeOptions, TokenHandler>(TokenHandler.SchemeName, null);
        if (options.Mode is AccessMode.EntraId)
            authentication.AddMicrosoftIdentityWebApp(builder.Configuration.GetSection("AzureAd"));
        else
            authentication.AddCookie(ConfigureCookie);
        if (options.Mode is AccessMode.OpenIdConnect)
            authentication.AddOpenIdConnect(oidc => ConfigureIssuer(oidc, options));
        if (options.Mode is not AccessMode.Development)
            builder.Services.AddHttpContextAccessor().AddTransient<IClaimsTransformation, MemberClaims>();
        builder.Services.AddAuthorization(options => options.AddPolicy(VendorPolicy, policy => policy.RequireClaim(ActorClaims.Role, nameof(Role.Support), nameof(Role.Sre), nameof(Role.Admin))));
        return builder;
    }

    /// <summary>Every address the settings make the server listen on, whichever way they are given.</summary>
    internal static IEnumerable<string> Addresses(IConfiguration configuration)
    {
        var ports = new[] { "http_ports", "https_ports" }
            .SelectMany(key => (configuration[key] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries))
            .Select(port => $"http://*:{port}");
        var endpoints = configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"] ?? "");
        return (configuration["urls"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries).Concat(configuration["urls"] is null ? ports : []).Concat(endpoints);
    }

    public static void MapAccess(this WebApplication app)
    {
        var options = app.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<AccessOptions>>().Value;
        if (options.Mode is AccessMode.Development)
            app.MapPost("/signin/development", DevelopmentAsync).AllowAnonymous().ExcludeFromDescription();
        else
            app.MapGet("/signin/challenge", () => TypedResults.Challenge(new AuthenticationProperties { RedirectUri = "/" }, [OpenIdConnectDefaults.AuthenticationScheme])).AllowAnonymous().ExcludeFromDescription();
        app.MapPost("/tenant", (Delegate)TenantChoice.ChooseAsync).RequireAuthorization().ExcludeFromDescription();
        app.MapPost("/signout", (Delegate)SignOutAsync).ExcludeFromDescription();
    }

    private static async Task<IResult> DevelopmentAsync(HttpContext context, [FromForm] string role, [FromForm] string tenant, [FromForm] string name, [FromForm] string? returnUrl)
    {
        if (!Enum.TryParse<Role>(role, out var chosen) || !Slug.IsValid(tenant) || (chosen >= Role.Support && tenant != Actor.VendorTenant))
            return TypedResults.BadRequest($"There is no role {role} in a tenant {tenant}.");
        var actor = new Actor($"{name}@{tenant}".ToLowerInvariant(), name, ActorKind.Person, tenant, chosen);
        await context.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, new ClaimsPrincipal(new ClaimsIdentity(ActorClaims.ToClaims(actor), "Development")));
        return TypedResults.LocalRedirect(returnUrl is ['/', not '/', ..] ? returnUrl : actor.IsVendor ? "/console" : "/portal");
    }

    private static async Task<IResult> SignOutAsync(HttpContext context)
    {
        await context.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        return TypedResults.LocalRedirect("/signin");
    }

    private static void ConfigureCookie(CookieAuthenticationOptions cookie)
    {
        cookie.Cookie.Name = "fabric";
        cookie.LoginPath = "/signin";
        cookie.AccessDeniedPath = "/signin";
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

    private static void ConfigureIssuer(OpenIdConnectOptions oidc, AccessOptions options)
    {
        oidc.Authority = options.Authority;
        oidc.ClientId = options.ClientId;
        oidc.ClientSecret = options.ClientSecret;
        oidc.ResponseType = "code";
        oidc.UsePkce = true;
        oidc.MapInboundClaims = false;
        oidc.SaveTokens = false;
        oidc.GetClaimsFromUserInfoEndpoint = true;
        oidc.RequireHttpsMetadata = !new Uri(options.Authority).IsLoopback;
        oidc.TokenValidationParameters.NameClaimType = "name";
        oidc.TokenValidationParameters.RoleClaimType = "roles";
        oidc.ClaimActions.MapJsonKey("roles", "roles");
    }
}
