data "azurerm_location" "this" {
  location = var.fabric_region
}

locals {
  # The entity's id, not the node's name: a renamed node must keep what it has.
  name = "${var.fabric_name}-${substr(sha256(var.fabric_tags["fabric-entity"]), 0, 6)}"

  cidr   = cidrsubnet(var.cidr, 0, 0)
  ranges = [for i in range(3) : cidrsubnet(local.cidr, 2, i)]

  # Empty in a region without availability zones: then nothing is pinned.
  available = sort([for zone in data.azurerm_location.this.zone_mappings : zone.logical_zone])

  per_zone  = var.nat_gateways == "per-zone"
  nat_count = local.per_zone ? var.zones : 1
}

resource "azurerm_resource_group" "this" {
  name     = local.name
  location = var.fabric_region
  tags     = var.fabric_tags
}

resource "azurerm_virtual_network" "this" {
  name                = local.name
  resource_group_name = azurerm_resource_group.this.name
  location            = azurerm_resource_group.this.location
  address_space       = [local.cidr]
  tags                = var.fabric_tags

  lifecycle {
    precondition {
      condition     = !local.per_zone || length(local.available) >= var.zones
      error_message = "The region ${var.fabric_region} has ${length(local.available)} availability zones, fewer than ${var.zones}; use a single NAT gateway there."
    }
  }
}

# Its default rules let the network talk to itself and out, and nothing in from the internet.
resource "azurerm_network_security_group" "this" {
  name                = local.name
  resource_group_name = azurerm_resource_group.this.name
  location            = azurerm_resource_group.this.location
  tags                = var.fabric_tags
}

# A subnet here spans all zones. There is one per zone nevertheless, because a NAT gateway belongs to one zone and is given
# to subnets: nodes of a zone then leave through the gateway of their zone.
resource "azurerm_subnet" "private" {
  count = var.zones

  name                            = "private-${count.index + 1}"
  resource_group_name             = azurerm_resource_group.this.name
  virtual_network_name            = azurerm_virtual_network.this.name
  address_prefixes                = [local.ranges[count.index]]
  default_outbound_access_enabled = false # out through the NAT gateway or not at all

  # Segments are large: this way they reach the bucket without paying for NAT.
  service_endpoints = ["Microsoft.Storage"]
}

resource "azurerm_subnet_network_security_group_association" "private" {
  count = var.zones

  subnet_id                 = azurerm_subnet.private[count.index].id
  network_security_group_id = azurerm_network_security_group.this.id
}

resource "azurerm_public_ip" "nat" {
  count = local.nat_count

  name                = "${local.name}-nat-${count.index + 1}"
  resource_group_name = azurerm_resource_group.this.name
  location            = azurerm_resource_group.this.location
  allocation_method   = "Static"
  sku                 = "Standard"
  zones               = local.per_zone ? [local.available[count.index]] : null
  tags                = var.fabric_tags
}

resource "azurerm_nat_gateway" "this" {
  count = local.nat_count

  name                = "${local.name}-${count.index + 1}"
  resource_group_name = azurerm_resource_group.this.name
  location            = azurerm_resource_group.this.location
  sku_name            = "Standard"
  zones               = local.per_zone ? [local.available[count.index]] : null
  tags                = var.fabric_tags
}

resource "azurerm_nat_gateway_public_ip_association" "this" {
  count = local.nat_count

  nat_gateway_id       = azurerm_nat_gateway.this[count.index].id
  public_ip_address_id = azurerm_public_ip.nat[count.index].id
}

resource "azurerm_subnet_nat_gateway_association" "private" {
  count = var.zones

  subnet_id      = azurerm_subnet.private[count.index].id
  nat_gateway_id = azurerm_nat_gateway.this[min(count.index, local.nat_count - 1)].id

  depends_on = [azurerm_nat_gateway_public_ip_association.this]
}
