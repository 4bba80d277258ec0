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

    /// <summary>Adds pages, MudBlazor and who is signed in. Authentication itself is the caller's.</summary>
    public static IServiceCollection AddShell(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.Configure<HubOptions>(options => options.MaximumReceiveMessageSize = LargestMessage);
        services.AddMudServices(options => options.SnackbarConfiguration.PositionClass = Defaults.Classes.Position.BottomLeft);
        services.TryAddSingleton(TimeProvider.System);
        services.AddAuthorization();
        services.AddCascadingAuthenticationState();
        services.AddScoped<CurrentActor>();
        services.AddScoped<Look>();
        return services;
    }

    /// <summary>A person who follows a dead link gets a page; programs keep their problem details.</summary>
    public static void UsePageForUnknownAddresses(this WebApplication app) => app.UseWhen(
        context => HttpMethods.IsGet(context.Request.Method) && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal),
        branch => branch.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true));

    /// <summary>Maps pages and their files. Goes after authentication and authorization.</summary>
    public static WebApplication MapShell(this WebApplication app)
    {
        app.UseAntiforgery();
        app.MapStaticAssets();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode().RequireAuthorization();
        return app;
    }
}
