data "azurerm_subscription" "this" {}

# Azure makes one watcher per region and subscription by itself, under this name, and allows no second.
data "azurerm_network_watcher" "this" {
  count = var.flow_logs ? 1 : 0

  name                = "NetworkWatcher_${var.fabric_region}"
  resource_group_name = "NetworkWatcherRG"
}

resource "azurerm_storage_account" "flow" {
  count = var.flow_logs ? 1 : 0

  # Account names are shared by everybody in the world. The hash is the same on every plan.
  name                = "flow${substr(sha256("${data.azurerm_subscription.this.subscription_id}/${var.fabric_tags["fabric-entity"]}"), 0, 20)}"
  resource_group_name = azurerm_resource_group.this.name
  location            = azurerm_resource_group.this.location

  account_kind                     = "StorageV2"
  account_tier                     = "Standard"
  account_replication_type         = "LRS"
  min_tls_version                  = "TLS1_2"
  https_traffic_only_enabled       = true
  allow_nested_items_to_be_public  = false
  cross_tenant_replication_enabled = false
  local_user_enabled               = false

  # Only the watcher writes here, and it counts as one of Azure's own services.
  network_rules {
    default_action = "Deny"
    bypass         = ["AzureServices"]
  }

  tags = var.fabric_tags
}

# Its retention is a rule it writes into the account's lifecycle, in place of any other: hence an account of its own.
resource "azurerm_network_watcher_flow_log" "this" {
  count = var.flow_logs ? 1 : 0

  name                 = local.name
  network_watcher_name = data.azurerm_network_watcher.this[0].name
  resource_group_name  = data.azurerm_network_watcher.this[0].resource_group_name
  location             = azurerm_resource_group.this.location

  # Of the whole network: logs of security groups can no longer be made.
  target_resource_id = azurerm_virtual_network.this.id
  storage_account_id = azurerm_storage_account.flow[0].id
  enabled            = true
  version            = 2

  retention_policy {
    enabled = true
    days    = var.flow_log_days
  }

  tags = var.fabric_tags
}
