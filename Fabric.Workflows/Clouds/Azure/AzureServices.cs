using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Fabric.Workflows.Clouds.Azure;

/// <summary>Azure as a cloud that accounts can be connected of.</summary>
public static class AzureServices
{
    /// <summary>Adds Azure; its settings are checked at start.</summary>
    public static IServiceCollection AddAzure(this IServiceCollection services)
    {
        services.AddOptions<AzureOptions>().BindConfiguration(AzureOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<AzureOptions>, AzureOptionsCheck>();
        services.AddSingleton<ICloud>(provider =>
        {
            var options = provider.GetRequiredService<IOptions<AzureOptions>>();
            return Make(options, CloudRest.Client(options.Value.TimeoutSeconds));
        });
        return services;
    }

    /// <summary>Azure by its settings.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="http">What it is reached by; follows no redirects.</param>
    public static ICloud Make(IOptions<AzureOptions> options, HttpClient http)
    {
        var resources = new AzureResources(options, new AzureArm(options, http), new CloudRest("Azure", http));
        var sessions = new AzureSessions(options, resources, http);
        return new AzureCloud(sessions, resources, new AzurePreflight(sessions, resources), new AzureSetup(options));
    }

    private sealed class AzureOptionsCheck : IValidateOptions<AzureOptions>
    {
        public ValidateOptionsResult Validate(string? name, AzureOptions options) =>
            options.Faults().ToList() is { Count: > 0 } faults ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;
    }
}
