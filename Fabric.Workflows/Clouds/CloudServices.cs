using Fabric.Workflows.Clouds.Accounts;
using Fabric.Workflows.Clouds.Aws;
using Fabric.Workflows.Clouds.Azure;
using Fabric.Workflows.Clouds.Google;
using Fabric.Workflows.Persistence;
using Microsoft.Extensions.DependencyInjection;

namespace Fabric.Workflows.Clouds;

/// <summary>Clouds and the accounts in them.</summary>
public static class CloudServices
{
    /// <summary>Adds every cloud, and access to environments' accounts.</summary>
    public static IServiceCollection AddClouds(this IServiceCollection services)
    {
        services.AddAws();
        services.AddAzure();
        services.AddGoogle();
        services.AddSingleton<CloudCatalog>();
        services.AddSingleton<ICloudAccess>(provider => new CloudAccess(provider.GetRequiredService<FabricStorage>().Cells, provider.GetRequiredService<CloudCatalog>()));
        services.AddSingleton<AccountGate>();
        services.AddSingleton<AccountReads>();
        services.AddSingleton<AccountBook>();
        services.AddSingleton<AccountPreflight>();
        services.AddSingleton<AccountChoice>();
        return services;
    }
}
