using System.Collections.Frozen;
using System.Text.Json.Nodes;

namespace Fabric.Workflows.Clouds.Azure;

/// <summary>What Terraform calls a resource of Azure; it imports them by Azure's own ids.</summary>
internal static class AzureTypes
{
    private static readonly FrozenDictionary<string, string> Known = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["Microsoft.Resources/resourceGroups"] = "azurerm_resource_group",
        ["Microsoft.Network/virtualNetworks"] = "azurerm_virtual_network",
        ["Microsoft.Network/virtualNetworks/subnets"] = "azurerm_subnet",
        ["Microsoft.Network/networkSecurityGroups"] = "azurerm_network_security_group",
        ["Microsoft.Network/networkInterfaces"] = "azurerm_network_interface",
        ["Microsoft.Network/publicIPAddresses"] = "azurerm_public_ip",
        ["Microsoft.Network/natGateways"] = "azurerm_nat_gateway",
        ["Microsoft.Network/routeTables"] = "azurerm_route_table",
        ["Microsoft.Network/loadBalancers"] = "azurerm_lb",
        ["Microsoft.Network/applicationGateways"] = "azurerm_application_gateway",
        ["Microsoft.Network/privateEndpoints"] = "azurerm_private_endpoint",
        ["Microsoft.Network/privateDnsZones"] = "azurerm_private_dns_zone",
        ["Microsoft.ContainerService/managedClusters"] = "azurerm_kubernetes_cluster",
        ["Microsoft.Storage/storageAccounts"] = "azurerm_storage_account",
        ["Microsoft.ManagedIdentity/userAssignedIdentities"] = "azurerm_user_assigned_identity",
        ["Microsoft.KeyVault/vaults"] = "azurerm_key_vault",
        ["Microsoft.OperationalInsights/workspaces"] = "azurerm_log_analytics_workspace",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The resource in an answer.</summary>
    public static CloudResource Read(JsonObject resource) => Read(
        (string?)resource["id"] ?? "", (string?)resource["type"] ?? "", (string?)resource["name"] ?? "",
        (resource["tags"] as JsonObject ?? []).ToDictionary(tag => tag.Key, tag => tag.Value?.ToString() ?? ""));

    /// <summary>A resource; a type that Terraform's name is not known for keeps Azure's.</summary>
    public static CloudResource Read(string id, string type, string name, IReadOnlyDictionary<string, string> tags) => new(Known.GetValueOrDefault(type, type), id, name, tags);
}
