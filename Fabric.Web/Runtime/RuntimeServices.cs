using Fabric.Web.Live;
using Fabric.Web.Runtime.Desk;
using Fabric.Workflows.Blueprints.Starts;
using Fabric.Workflows.Blueprints.Versions;
using Fabric.Workflows.Clouds;
using Fabric.Workflows.Executors.Terraform.Drift;
using Fabric.Workflows.Fleet;
using Microsoft.Extensions.Options;

namespace Fabric.Web.Runtime;

/// <summary>The engine in its host: one silo in the web process, the desk that pages and API ask.</summary>
internal static class RuntimeServices
{
    public static WebApplicationBuilder AddRuntime(this WebApplicationBuilder builder)
    {
        builder.Host.UseOrleans((context, silo) => Hosting.SiloSetup.Configure(context.Configuration, silo));
        builder.Services.AddSingleton<EngineHosts>();
        builder.Services.AddSingleton<NameReleases>();
        builder.Services.AddHostedService<EngineService>();
        builder.Services.AddSingleton<EnvironmentFinder>();
        builder.Services.AddSingleton<EnvironmentReads>();
        builder.Services.AddSingleton<RunReads>();
        builder.Services.AddSingleton<TenantReads>();
        builder.Services.AddSingleton<CatalogReads>();
        builder.Services.AddSingleton<AdoptedOutputs>();
        builder.Services.AddSingleton<EnvironmentCreation>();
        builder.Services.AddSingleton<EnvironmentChanges>();
        builder.Services.AddSingleton<Previews>();
        builder.Services.AddSingleton<ConnectManifests>();
        builder.Services.AddSingleton<IAgentManifests>(services => services.GetRequiredService<ConnectManifests>());
        builder.Services.AddSingleton<AgentAdmin>();
        builder.Services.AddSingleton<LiveFeed>();
        builder.Services.AddSingleton<FabricDesk>();
        builder.Services.AddSingleton<VersionStages>();
        builder.Services.AddSingleton<BlueprintStarts>();
        builder.Services.AddSingleton<UpgradeImpacts>();
        builder.Services.AddSingleton<BlueprintReads>();
        builder.Services.AddSingleton<BlueprintSimulations>();
        builder.Services.AddSingleton<BlueprintDesk>();
        builder.Services.AddTerraformDesk();
        builder.Services.AddSingleton<CloudDesk>();
        builder.Services.AddClouds();
        builder.Services.AddOptions<ApprovalOptions>().BindConfiguration(ApprovalOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<ApprovalOptions>, ApprovalOptionsCheck>();
        builder.Services.AddOptions<AgentOptions>().BindConfiguration(AgentOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<AgentOptions>, AgentOptionsCheck>();
        return builder;
    }

    private static void AddTerraformDesk(this IServiceCollection services)
    {
        services.AddSingleton<StepLogReads>();
        services.AddSingleton<StateDesk>();
        services.AddSingleton<HandOverDesk>();
        services.AddSingleton<LeftoverDesk>();
        services.AddSingleton<DriftReads>();
        services.AddSingleton<DriftDecisions>();
        services.AddSingleton<HealthReads>();
        services.AddSingleton<TerraformDesk>();
        services.AddHostedService<DriftChecks>();
        services.AddOptions<DriftOptions>().BindConfiguration(DriftOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<DriftOptions>, DriftOptionsCheck>();
    }
}
