using Fabric.Workflows.Environments;

namespace Fabric.Web.Portal.Create;

/// <summary>Clouds and the regions the wizard offers in each; the sandbox stands first.</summary>
public static class Places
{
    private static readonly Dictionary<string, (string Title, string[] Regions)> Known = new(StringComparer.Ordinal)
    {
        [FabricEnvironment.SandboxCloud] = ("Sandbox (simulated)", ["local"]),
        ["kubernetes"] = ("Your own Kubernetes", ["own"]),
        ["aws"] = ("AWS", ["eu-central-1", "eu-west-1", "us-east-1", "us-west-2", "ap-southeast-1"]),
        ["azure"] = ("Azure", ["westeurope", "northeurope", "eastus", "westus2", "southeastasia"]),
        ["google"] = ("Google Cloud", ["europe-west3", "europe-west1", "us-east1", "us-west1", "asia-southeast1"]),
    };

    /// <summary>The clouds in the order they are offered.</summary>
    public static IReadOnlyList<string> Order(IEnumerable<string> clouds) =>
        [.. clouds.OrderByDescending(cloud => cloud == FabricEnvironment.SandboxCloud).ThenBy(cloud => cloud, StringComparer.Ordinal)];

    /// <summary>The cloud's name for people.</summary>
    public static string Title(string cloud) => Known.TryGetValue(cloud, out var place) ? place.Title : cloud;

    /// <summary>Regions to choose from; empty when the person writes one.</summary>
    public static IReadOnlyList<string> Regions(string cloud) => Known.TryGetValue(cloud, out var place) ? place.Regions : [];

    /// <summary>The region that is chosen at first; empty when the person writes one.</summary>
    public static string FirstRegion(string cloud) => Regions(cloud) is [var first, ..] ? first : "";
}
