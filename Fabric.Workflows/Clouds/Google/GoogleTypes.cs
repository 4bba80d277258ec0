using System.Collections.Frozen;
using System.Text.Json.Nodes;

namespace Fabric.Workflows.Clouds.Google;

/// <summary>What Terraform calls a resource of Google; it imports most by their names from <c>projects/</c> on.</summary>
internal static class GoogleTypes
{
    private static readonly FrozenDictionary<string, string> Assets = new Dictionary<string, string>
    {
        ["compute.googleapis.com/Network"] = "google_compute_network",
        ["compute.googleapis.com/Subnetwork"] = "google_compute_subnetwork",
        ["compute.googleapis.com/Router"] = "google_compute_router",
        ["compute.googleapis.com/Address"] = "google_compute_address",
        ["compute.googleapis.com/Firewall"] = "google_compute_firewall",
        ["compute.googleapis.com/ForwardingRule"] = "google_compute_forwarding_rule",
        ["compute.googleapis.com/Instance"] = "google_compute_instance",
        ["compute.googleapis.com/Disk"] = "google_compute_disk",
        ["container.googleapis.com/Cluster"] = "google_container_cluster",
        ["container.googleapis.com/NodePool"] = "google_container_node_pool",
        ["storage.googleapis.com/Bucket"] = "google_storage_bucket",
        ["iam.googleapis.com/ServiceAccount"] = "google_service_account",
        ["cloudkms.googleapis.com/CryptoKey"] = "google_kms_crypto_key",
        ["secretmanager.googleapis.com/Secret"] = "google_secret_manager_secret",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, string> Compute = new Dictionary<string, string>
    {
        ["subnetworks"] = "google_compute_subnetwork",
        ["forwardingRules"] = "google_compute_forwarding_rule",
        ["instances"] = "google_compute_instance",
        ["routers"] = "google_compute_router",
        ["firewalls"] = "google_compute_firewall",
    }.ToFrozenDictionary();

    /// <summary>A resource of the asset inventory; a type that Terraform's name is not known for keeps Google's.</summary>
    public static CloudResource ReadAsset(JsonObject asset)
    {
        var type = (string?)asset["assetType"] ?? "";
        return new CloudResource(Assets.GetValueOrDefault(type, type), Id((string?)asset["name"] ?? ""), (string?)asset["displayName"] ?? "", Labels(asset));
    }

    /// <summary>A resource of Compute.</summary>
    public static CloudResource ReadCompute(string list, JsonObject resource) =>
        new(Compute[list], Id((string?)resource["selfLink"] ?? ""), (string?)resource["name"] ?? "", Labels(resource));

    /// <summary>Whether a place is a region, one of its zones, or the whole world.</summary>
    public static bool IsIn(string? place, string region) => place is null or "global"
        || string.Equals(place, region, StringComparison.OrdinalIgnoreCase) || place.StartsWith($"{region}-", StringComparison.OrdinalIgnoreCase);

    private static string Id(string name)
    {
        var at = name.IndexOf("projects/", StringComparison.Ordinal);
        // Buckets belong to no project in their names: //storage.googleapis.com/my-bucket.
        return at >= 0 ? name[at..] : name[(name.LastIndexOf('/') + 1)..];
    }

    private static Dictionary<string, string> Labels(JsonObject resource) => (resource["labels"] as JsonObject ?? []).ToDictionary(label => label.Key, label => label.Value?.ToString() ?? "");
}
