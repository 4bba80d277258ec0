using Fabric.Workflows.Executors.Terraform;
using Microsoft.Extensions.Options;

namespace Fabric.Web.TerraformApi;

/// <summary>Terraform in its host.</summary>
internal static class TerraformServices
{
    public static IServiceCollection AddTerraform(this IServiceCollection services)
    {
        services.AddSingleton<Workshops>();
        services.AddSingleton<WorkshopLookup>(provider => provider.GetRequiredService<Workshops>().Find);
        services.AddOptions<TerraformOptions>().BindConfiguration(TerraformOptions.Section).ValidateOnStart();
        services.AddHostedService<TerraformRetention>();
        services.AddHostedService<TerraformReaper>();
        services.AddSingleton<IValidateOptions<TerraformOptions>, TerraformOptionsCheck>();
        return services;
    }
}

/// <summary>Holds the server's start while its settings cannot be right.</summary>
internal sealed class TerraformOptionsCheck : IValidateOptions<TerraformOptions>
{
    public ValidateOptionsResult Validate(string? name, TerraformOptions options) =>
        options.Faults().ToList() is { Count: > 0 } faults ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;
}
