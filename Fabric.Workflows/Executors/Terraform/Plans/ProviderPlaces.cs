using System.Text.Json.Nodes;

namespace Fabric.Workflows.Executors.Terraform.Plans;

/// <summary>Where a module's provider block puts what does not say itself where it lies.</summary>
/// <param name="Argument">Such as <c>region</c>.</param>
/// <param name="Provider">The block, such as <c>aws.west</c>.</param>
/// <param name="Place">Its value; null when the plan does not tell.</param>
/// <param name="IsSensitive">Whether the value is shown nowhere.</param>
internal sealed record ProviderPlace(string Argument, string Provider, string? Place, bool IsSensitive);

/// <summary>
/// The places in the provider blocks of a plan. Of an expression a plan tells a constant and what it refers to, so a value is known where it is
/// written down or is a variable of the root module; nothing else of a block is read.
/// </summary>
/// <param name="plan">The answer of <c>show -json</c>.</param>
internal sealed class ProviderPlaces(JsonObject plan)
{
    private static readonly string[] Arguments = ["region", "zone"];

    /// <summary>The places of a provider block; none where the account's own region holds.</summary>
    /// <param name="key">The block, as the configuration of a resource names it; null when it names none.</param>
    public IReadOnlyList<ProviderPlace> Of(string? key) =>
        key is not null && plan["configuration"]?["provider_config"]?[key] is JsonObject block && block["expressions"] is JsonObject expressions
            ? [.. Arguments.Where(expressions.ContainsKey).Select(argument => Read(argument, key, block, expressions[argument]))]
            : [];

    private ProviderPlace Read(string argument, string key, JsonObject block, JsonNode? expression)
    {
        if (expression?["constant_value"] is JsonValue constant)
            return new ProviderPlace(argument, key, constant.ToString(), IsSensitive: false);
        if (block["module_address"] is not null || (expression?["references"] as JsonArray)?.Select(reference => reference!.ToString()).ToList() is not [['v', 'a', 'r', '.', .. var variable]])
            return new ProviderPlace(argument, key, null, IsSensitive: false);
        var isSensitive = plan["configuration"]?["root_module"]?["variables"]?[variable]?["sensitive"]?.GetValue<bool>() is true;
        return new ProviderPlace(argument, key, plan["variables"]?[variable]?["value"]?.ToString(), isSensitive);
    }
}
