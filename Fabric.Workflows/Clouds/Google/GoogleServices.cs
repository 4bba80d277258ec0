using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Fabric.Workflows.Clouds.Google;

/// <summary>Google Cloud as a cloud that accounts can be connected of.</summary>
public static class GoogleServices
{
    /// <summary>Adds Google Cloud; its settings are checked at start.</summary>
    public static IServiceCollection AddGoogle(this IServiceCollection services)
    {
        services.AddOptions<GoogleOptions>().BindConfiguration(GoogleOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<GoogleOptions>, GoogleOptionsCheck>();
        services.AddSingleton<ICloud>(provider => Make(provider.GetRequiredService<IOptions<GoogleOptions>>(), provider.GetRequiredService<TimeProvider>()));
        return services;
    }

    /// <summary>Google Cloud by its settings.</summary>
    public static ICloud Make(IOptions<GoogleOptions> options, TimeProvider time)
    {
        var rest = new CloudRest("Google", CloudRest.Client(options.Value.TimeoutSeconds));
        var tokens = new GoogleTokens(options, rest, () => new SocketsHttpHandler { AllowAutoRedirect = false }, time);
        var projects = new GoogleProjects(options, rest);
        return new GoogleCloud(tokens, projects, new GooglePreflight(tokens, projects), new GoogleSetup(options));
    }

    private sealed class GoogleOptionsCheck : IValidateOptions<GoogleOptions>
    {
        public ValidateOptionsResult Validate(string? name, GoogleOptions options) =>
            options.Faults().ToList() is { Count: > 0 } faults ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;
    }
}
