using Fabric.Web.Access;
using Fabric.Web.Live;
using Fabric.Web.Runtime.Desk;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MudBlazor;
using MudBlazor.Services;

namespace Fabric.Web.Shell;

/// <summary>What the pages need of the host.</summary>
public static class ShellServices
{
    /// <summary>Room for a drawing of several hundred nodes, bytes.</summary>
    private const long LargestMessage = 1024 * 1024;

    /// <summary>Adds pages, MudBlazor, who is signed in and the desk that asks so before a change. Authentication itself is the caller's.</summary>
    public static IServiceCollection AddShell(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.Configure<HubOptions>(options => options.MaximumReceiveMessageSize = LargestMessage);
        services.AddMudServices(options => options.SnackbarConfiguration.PositionClass = Defaults.Classes.Position.BottomLeft);
        services.TryAddSingleton(TimeProvider.System);
        services.AddAuthorization();
        services.AddCascadingAuthenticationState();
        services.AddScoped<SignedIn>();
        services.AddScoped<AuthenticationStateProvider>(provider => provider.GetRequiredService<SignedIn>());
        services.AddScoped<IDesk>(provider => new CheckedDesk(provider.GetRequiredService<FabricDesk>(), provider.GetRequiredService<SignedIn>()));
        services.AddScoped<IBlueprintDesk>(provider => new CheckedBlueprintDesk(provider.GetRequiredService<BlueprintDesk>(), provider.GetRequiredService<SignedIn>()));
        services.AddScoped<ITerraformDesk>(provider => new CheckedTerraformDesk(provider.GetRequiredService<TerraformDesk>(), provider.GetRequiredService<SignedIn>()));
        services.AddScoped<ICloudDesk>(provider => new CheckedCloudDesk(provider.GetRequiredService<CloudDesk>(), provider.GetRequiredService<SignedIn>()));
        services.AddScoped<CurrentActor>();
        services.AddScoped<Look>();
        services.AddScoped<Portal.Create.WizardDraft>();
        services.AddSingleton<Designer.Session.Presence>();
        return services;
    }

    /// <summary>Maps pages and their files. Goes after authentication and authorization.</summary>
    public static WebApplication MapShell(this WebApplication app)
    {
        app.UseAntiforgery();
        app.MapStaticAssets();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode().RequireAuthorization();
        foreach (var place in (string[])["/{address:nonfile}", "/portal/{*address}", "/console/{*address}"])
            app.MapGet(place, UnknownAddress).RequireAuthorization().ExcludeFromDescription();
        return app;
    }

    /// <summary>A person who follows a dead link gets a page: the router in it finds nothing either. Programs have addresses of their own.</summary>
    private static RazorComponentResult<App> UnknownAddress() => new() { StatusCode = StatusCodes.Status404NotFound };
}
