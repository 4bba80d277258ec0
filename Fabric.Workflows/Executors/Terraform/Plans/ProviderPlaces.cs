using System.Text.Json.Nodes;
using Fabric.Workflows.Catalog.Modules;

namespace Fabric.Workflows.Executors.Terraform.Plans;

/// <summary>Where a module's provider block puts what does not say itself where it lies.</summary>
/// <param name="Argument">Such as <c>region</c>.</param>
/// <param name="Provider">The block, such as <c>aws.west</c>.</param>
/// <param name="Place">Its value; null when the plan does not tell.</param>
internal sealed record ProviderPlace(string Argument, string Provider, string? Place);

/// <summary>
/// The places in the provider blocks of a plan. Of an expression a plan tells a constant, or what it mentions and not what it makes of it: so a
/// value is known where it is written down, and nothing else of a block is read.
/// </summary>
/// <param name="configuration">The plan's <c>configuration</c>; null when it has none.</param>
internal sealed class ProviderPlaces(JsonNode? configuration)
{
    private static readonly string[] Arguments = ["region", "zone"];

    /// <summary>The places of a provider block; none where the region of the environment or of the session holds.</summary>
    /// <param name="key">The block, as the configuration of a resource names it; null when it names none.</param>
    public IReadOnlyList<ProviderPlace> Of(string? key) => key is not null && configuration?["provider_config"]?[key]?["expressions"] is JsonObject expressions
        ? [.. Arguments.Select(argument => Read(argument, key, expressions[argument])).OfType<ProviderPlace>()]
        : [];

    private static ProviderPlace? Read(string argument, string key, JsonNode? expression)
    {
        if (expression?["constant_value"] is { } constant)
            return constant.ToString() is { Length: > 0 } place ? new ProviderPlace(argument, key, place) : null;
        var mentioned = (expression?["references"] as JsonArray ?? []).Select(reference => reference!.ToString()).ToList();
        return mentioned is [] or [$"var.{TerraformModule.RegionVariable}"] ? null : new ProviderPlace(argument, key, null);
    }
}
