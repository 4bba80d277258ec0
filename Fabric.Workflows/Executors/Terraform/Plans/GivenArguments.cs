using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Fabric.Workflows.Executors.Terraform.Plans;

/// <summary>What a module gives its resources, as a plan's configuration tells: what is not known before the apply and not given is the provider's own choice.</summary>
/// <param name="configuration">The plan's <c>configuration</c>; null when it has none.</param>
internal sealed partial class GivenArguments(JsonNode? configuration)
{
    /// <summary>The arguments of one entry of a plan's <c>resource_changes</c>; null when nothing is told of them.</summary>
    public JsonObject? Of(JsonObject resource) => Find(resource) is { } found ? found["expressions"] as JsonObject ?? [] : null;

    /// <summary>The provider block that such an entry is made through; null when nothing is told of it.</summary>
    public string? ProviderOf(JsonObject resource) => Find(resource)?["provider_config_key"]?.ToString();

    private JsonObject? Find(JsonObject resource)
    {
        var module = configuration?["root_module"];
        foreach (Match call in ModuleCall().Matches(resource["module_address"]?.ToString() ?? ""))
            module = module?["module_calls"]?[call.Groups["name"].Value]?["module"];
        return (module?["resources"] as JsonArray ?? []).OfType<JsonObject>().FirstOrDefault(each => Same(each, resource, "mode") && Same(each, resource, "type") && Same(each, resource, "name"));
    }

    private static bool Same(JsonObject one, JsonObject other, string key) => one[key]?.ToString() == other[key]?.ToString();

    /// <summary>A key of <c>for_each</c> may hold anything, dots and brackets too.</summary>
    [GeneratedRegex("""\bmodule\.(?<name>[\w-]+)(\[(\d+|"(\\.|[^"\\])*")\])?""", RegexOptions.ExplicitCapture)]
    private static partial Regex ModuleCall();
}
