data "azurerm_subscription" "this" {}

data "azurerm_location" "this" {
  location = var.fabric_region
}

locals {
  # The entity's id, not the node's name: a renamed node must keep what it has.
  name = "${var.fabric_name}-${substr(sha256(var.fabric_tags["fabric-entity"]), 0, 6)}"

  # Account names are shared by everybody in the world: 24 letters and digits. The hash is the same on every plan and tells
  # nothing of the subscription.
  hash    = substr(sha256("${data.azurerm_subscription.this.subscription_id}/${var.fabric_tags["fabric-entity"]}"), 0, 12)
  account = "${substr(replace(var.fabric_name, "-", ""), 0, 12)}${local.hash}"
}

resource "azurerm_resource_group" "this" {
  name     = local.name
  location = var.fabric_region
  tags     = var.fabric_tags
}

resource "azurerm_storage_account" "this" {
  name                = local.account
  resource_group_name = azurerm_resource_group.this.name
  location            = azurerm_resource_group.this.location

  account_kind             = "StorageV2"
  account_tier             = "Standard"
  account_replication_type = length(data.azurerm_location.this.zone_mappings) > 0 ? "ZRS" : "LRS" # survives the loss of a zone where there are zones
  access_tier              = var.storage_class == "infrequent" ? "Cool" : "Hot"
  is_hns_enabled           = true # Pinot renames folders, which only this kind can

  min_tls_version                   = "TLS1_2"
  https_traffic_only_enabled        = true
  allow_nested_items_to_be_public   = false
  cross_tenant_replication_enabled  = false
  infrastructure_encryption_enabled = true

  # Identities only: a key or a local user would open everything to whoever holds it, with nobody's name on it.
  shared_access_key_enabled       = false
  default_to_oauth_authentication = true
  local_user_enabled              = false

  # This kind of account has no object versions. Soft delete is what it has instead: it keeps what is deleted, and not what
  # is overwritten. Segments are written once and never changed.
  dynamic "blob_properties" {
    for_each = var.versioning ? [1] : []

    content {
      delete_retention_policy {
        days = var.noncurrent_days
      }

      container_delete_retention_policy {
        days = var.noncurrent_days
      }
    }
  }

  dynamic "identity" {
    for_each = azurerm_user_assigned_identity.encryption

    content {
      type         = "UserAssigned"
      identity_ids = [identity.value.id]
    }
  }

  dynamic "customer_managed_key" {
    for_each = azurerm_user_assigned_identity.encryption

    content {
      key_vault_key_id          = var.encryption_key
      user_assigned_identity_id = customer_managed_key.value.id
    }
  }

  tags = var.fabric_tags

  depends_on = [azurerm_role_assignment.encryption]
}

resource "azurerm_storage_container" "this" {
  name                  = "data"
  storage_account_id    = azurerm_storage_account.this.id
  container_access_type = "private"
}

# Azure deletes a full account as readily as an empty one. The lock stops everybody but a Fabric run, which takes it off
# first and is asked about before.
resource "azurerm_management_lock" "this" {
  name       = "fabric-data"
  scope      = azurerm_storage_account.this.id
  lock_level = "CanNotDelete"
  notes      = "Holds data of a Fabric environment. Delete it through Fabric."

  depends_on = [azurerm_storage_container.this]
}
