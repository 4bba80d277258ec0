# Cluster and account are known by name only; this finds the resource groups they are in, adopted ones too.
data "azurerm_resources" "cluster" {
  type = "Microsoft.ContainerService/managedClusters"
  name = var.cluster

  lifecycle {
    postcondition {
      condition     = length([for found in self.resources : found if found.location == var.fabric_region]) == 1
      error_message = "There is not exactly one cluster ${var.cluster} in ${var.fabric_region}."
    }
  }
}

data "azurerm_resources" "account" {
  type = "Microsoft.Storage/storageAccounts"
  name = local.account

  lifecycle {
    postcondition {
      condition     = length(self.resources) == 1
      error_message = "There is no storage account ${local.account} in this subscription."
    }
  }
}

# The cluster knows its own issuer: it need not be carried through the blueprint.
data "azurerm_kubernetes_cluster" "this" {
  name                = var.cluster
  resource_group_name = split("/", local.cluster_id)[4]

  lifecycle {
    postcondition {
      condition     = self.oidc_issuer_enabled
      error_message = "The cluster ${var.cluster} has no OIDC issuer; switch it on, with workload identity, to trust its service accounts."
    }
  }
}

locals {
  # The entity's id, not the node's name: a renamed node must keep what it has.
  name = "${var.fabric_name}-${substr(sha256(var.fabric_tags["fabric-entity"]), 0, 6)}"

  # abfss://CONTAINER@ACCOUNT.dfs.core.windows.net
  container  = split("@", split("://", var.bucket)[1])[0]
  account    = split(".", split("@", var.bucket)[1])[0]
  account_id = one([for found in data.azurerm_resources.account.resources : found.id])
  cluster_id = one([for found in data.azurerm_resources.cluster.resources : found.id if found.location == var.fabric_region])

  # Fabric's rule for the namespace of an environment: its name and a mark of its tenant.
  environment = var.fabric_tags["fabric-environment"]
  namespace   = var.namespace != "" ? var.namespace : "fabric-${local.environment}-${substr(sha256(var.fabric_tags["fabric-tenant"]), 0, 8)}"
}

resource "azurerm_resource_group" "this" {
  name     = local.name
  location = var.fabric_region
  tags     = var.fabric_tags
}

resource "azurerm_user_assigned_identity" "this" {
  name                = local.name
  resource_group_name = azurerm_resource_group.this.name
  location            = azurerm_resource_group.this.location
  tags                = var.fabric_tags

  lifecycle {
    precondition {
      # An id in place of the name would give a namespace that is nobody's, and a role that nobody can assume.
      condition     = var.namespace != "" || can(regex("^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$", local.environment))
      error_message = "Set namespace: the tag fabric-environment is not the environment's name, so its namespace cannot be told from it."
    }
  }
}

# Exactly one service account. On a shared cluster anything wider would open the bucket to other tenants.
resource "azurerm_federated_identity_credential" "this" {
  name                = "fabric"
  resource_group_name = azurerm_resource_group.this.name
  parent_id           = azurerm_user_assigned_identity.this.id
  issuer              = data.azurerm_kubernetes_cluster.this.oidc_issuer_url
  subject             = "system:serviceaccount:${local.namespace}:${var.service_account}"
  audience            = ["api://AzureADTokenExchange"]
}

# Over the one container, not the account. A key of the customer's own is used by the account itself.
resource "azurerm_role_assignment" "this" {
  scope                = "${local.account_id}/blobServices/default/containers/${local.container}"
  role_definition_name = var.access == "read-write" ? "Storage Blob Data Contributor" : "Storage Blob Data Reader"
  principal_id         = azurerm_user_assigned_identity.this.principal_id
  principal_type       = "ServicePrincipal"
}
