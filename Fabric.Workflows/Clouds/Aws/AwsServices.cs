using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Fabric.Workflows.Clouds.Aws;

/// <summary>AWS as a cloud that accounts can be connected of.</summary>
public static class AwsServices
{
    /// <summary>Adds AWS; its settings are checked at start.</summary>
    public static IServiceCollection AddAws(this IServiceCollection services)
    {
        services.AddOptions<AwsOptions>().BindConfiguration(AwsOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<AwsOptions>, AwsOptionsCheck>();
        services.AddSingleton<ICloud>(provider => Make(provider.GetRequiredService<IOptions<AwsOptions>>(), provider.GetRequiredService<TimeProvider>()));
        return services;
    }

    /// <summary>AWS by its settings.</summary>
    public static ICloud Make(IOptions<AwsOptions> options, TimeProvider time)
    {
        var clients = new AwsClients(options);
        var sessions = new AwsSessions(options, clients);
        // A redirect would carry a signed request to another host.
        var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { Timeout = TimeSpan.FromSeconds(options.Value.TimeoutSeconds) };
        var requests = new AwsRequests(options, http, time);
        var balancers = new AwsBalancers(requests);
        return new AwsCloud(
            sessions,
            new AwsTagged(requests, new AwsIamTagged(requests)),
            new AwsNetwork(clients, balancers),
            new AwsRemoval(clients, balancers),
            new AwsPreflight(options, sessions, clients, new AwsPermissions(clients, requests), new AwsQuotas(clients, requests)),
            new AwsSetup(options),
            new AwsBootstrap(requests));
    }

    private sealed class AwsOptionsCheck : IValidateOptions<AwsOptions>
    {
        public ValidateOptionsResult Validate(string? name, AwsOptions options) =>
            options.Faults().ToList() is { Count: > 0 } faults ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;
    }
}
