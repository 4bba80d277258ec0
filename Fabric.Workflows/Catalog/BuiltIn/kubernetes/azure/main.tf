data "azurerm_location" "this" {
  location = var.fabric_region
}

locals {
  # The entity's id, not the node's name: a renamed node must keep what it has.
  name = "${var.fabric_name}-${substr(sha256(var.fabric_tags["fabric-entity"]), 0, 6)}"

  # What a pool makes by itself stands in no state, and says so.
  node_tags = merge(var.fabric_tags, { fabric-through = "nodes" })

  # The same class has the same vCPU and memory on every cloud.
  vm_size = {
    small  = "Standard_D4s_v5"
    medium = "Standard_D8s_v5"
    large  = "Standard_D16s_v5"
    xlarge = "Standard_D32s_v5"
  }[var.node_size]

  # Empty in a region without availability zones: then nothing is pinned.
  available = sort([for zone in data.azurerm_location.this.zone_mappings : zone.logical_zone])

  # One pool per subnet, each in a zone of its own: a disk cannot leave its zone, so the autoscaler must be able to add a
  # node in the very zone a waiting pod's disk is in. The limits are shared out, the first pools taking the remainder.
  pool_count = min(length(var.subnet_ids), var.max_nodes)
  pools = [for i in range(local.pool_count) : {
    subnet = var.subnet_ids[i]
    zones  = length(local.available) == 0 ? null : [local.available[i % length(local.available)]]
    min    = floor(var.min_nodes / local.pool_count) + (i < var.min_nodes % local.pool_count ? 1 : 0)
    max    = floor(var.max_nodes / local.pool_count) + (i < var.max_nodes % local.pool_count ? 1 : 0)
  }]
}

resource "azurerm_resource_group" "this" {
  name     = local.name
  location = var.fabric_region
  tags     = var.fabric_tags
}

resource "azurerm_user_assigned_identity" "cluster" {
  name                = "${local.name}-cluster"
  resource_group_name = azurerm_resource_group.this.name
  location            = azurerm_resource_group.this.location
  tags                = var.fabric_tags
}

# Over the subnets alone: the cluster joins nodes and load balancers to them and has no business with the rest.
resource "azurerm_role_assignment" "subnets" {
  count = length(var.subnet_ids)

  scope                = var.subnet_ids[count.index]
  role_definition_name = "Network Contributor"
  principal_id         = azurerm_user_assigned_identity.cluster.principal_id
  principal_type       = "ServicePrincipal"
}

resource "azurerm_kubernetes_cluster" "this" {
  name                = local.name
  resource_group_name = azurerm_resource_group.this.name
  location            = azurerm_resource_group.this.location
  node_resource_group = "${local.name}-nodes"
  dns_prefix          = local.name
  sku_tier            = "Standard"

  kubernetes_version        = var.kubernetes_version
  automatic_upgrade_channel = "patch" # of the minor version above, never past it
  node_os_upgrade_channel   = "NodeImage"

  private_cluster_enabled             = var.private_endpoint
  private_cluster_public_fqdn_enabled = false
  # The cloud's own back door to a private API.
  run_command_enabled = false

  # People come with their directory account and a role on the cluster; there is no shared administrator.
  local_account_disabled            = true
  role_based_access_control_enabled = true

  azure_active_directory_role_based_access_control {
    azure_rbac_enabled = true
  }

  # What lets a pod's service account stand for an identity of the cloud.
  oidc_issuer_enabled       = true
  workload_identity_enabled = true

  identity {
    type         = "UserAssigned"
    identity_ids = [azurerm_user_assigned_identity.cluster.id]
  }

  network_profile {
    network_plugin      = "azure"
    network_plugin_mode = "overlay"
    # Without a policy engine network policies are accepted and not enforced, and namespaces would not be isolated.
    network_policy     = "cilium"
    network_data_plane = "cilium"
    outbound_type      = "userAssignedNATGateway"
    # Outside the private ranges a network may be made with, so that no choice of cidr can overlap.
    pod_cidr       = "100.64.0.0/14"
    service_cidr   = "100.68.0.0/16"
    dns_service_ip = "100.68.0.10"
  }

  default_node_pool {
    name                        = "zone1"
    temporary_name_for_rotation = "rotate1"
    vm_size                     = local.vm_size
    vnet_subnet_id              = local.pools[0].subnet
    zones                       = local.pools[0].zones
    node_public_ip_enabled      = false
    os_disk_size_gb             = var.disk_gi
    orchestrator_version        = var.kubernetes_version
    auto_scaling_enabled        = true
    min_count                   = local.pools[0].min
    max_count                   = local.pools[0].max
    tags                        = local.node_tags

    upgrade_settings {
      max_surge = "10%"
    }
  }

  auto_scaler_profile {
    # The pools differ in their zone only.
    balance_similar_node_groups = true
  }

  tags = var.fabric_tags

  lifecycle {
    # The autoscaler's to decide.
    ignore_changes = [default_node_pool[0].node_count]

    precondition {
      condition     = var.min_nodes <= var.max_nodes
      error_message = "min_nodes (${var.min_nodes}) is more than max_nodes (${var.max_nodes})."
    }

    precondition {
      condition     = alltrue([for subnet in var.subnet_ids : startswith(lower(subnet), "${lower(var.network_id)}/subnets/")])
      error_message = "Every one of subnet_ids must belong to the network ${var.network_id}."
    }
  }

  depends_on = [azurerm_role_assignment.subnets]
}

resource "azurerm_kubernetes_cluster_node_pool" "zones" {
  count = local.pool_count - 1

  name                        = "zone${count.index + 2}"
  temporary_name_for_rotation = "rotate${count.index + 2}"
  kubernetes_cluster_id       = azurerm_kubernetes_cluster.this.id
  mode                        = "User"
  vm_size                     = local.vm_size
  vnet_subnet_id              = local.pools[count.index + 1].subnet
  zones                       = local.pools[count.index + 1].zones
  node_public_ip_enabled      = false
  os_disk_size_gb             = var.disk_gi
  orchestrator_version        = var.kubernetes_version
  auto_scaling_enabled        = true
  min_count                   = local.pools[count.index + 1].min
  max_count                   = local.pools[count.index + 1].max
  tags                        = local.node_tags

  upgrade_settings {
    max_surge = "10%"
  }

  lifecycle {
    ignore_changes = [node_count]
  }
}
