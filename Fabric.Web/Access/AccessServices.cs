using Fabric.Workflows.Tenancy;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
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
        var options = AccessOptions.From(builder.Configuration);
        if (options.Faults(builder.Environment.IsDevelopment(), Addresses(builder.Configuration), builder.Configuration.GetSection(AccessOptions.EntraSection)) is { Count: > 0 } faults)
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
            authentication.AddMicrosoftIdentityWebApp(builder.Configuration.GetSection(AccessOptions.EntraSection));
        else
            authentication.AddCookie();
        if (options.Mode is AccessMode.OpenIdConnect)
            authentication.AddOpenIdConnect(oidc => IssuerSignIn.Configure(oidc, options));
        builder.Services.Configure<CookieAuthenticationOptions>(CookieAuthenticationDefaults.AuthenticationScheme, SessionCookie.Configure);
        if (options.Mode is not AccessMode.Development)
            builder.Services.AddIssuerSignIn();
        builder.Services.AddAuthorization(Policies);
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

    /// <summary>To be signed in means to be known here: an issuer's word alone opens nothing.</summary>
    private static void Policies(AuthorizationOptions options)
    {
        options.DefaultPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().RequireClaim(ActorClaims.Role).Build();
        options.AddPolicy(VendorPolicy, policy => policy.RequireClaim(ActorClaims.Role, nameof(Role.Support), nameof(Role.Sre), nameof(Role.Admin)));
    }
}
