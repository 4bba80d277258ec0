locals {
  # The entity's id, not the node's name: a renamed node must keep what it has.
  name = "${var.fabric_name}-${substr(sha256(var.fabric_tags["fabric-entity"]), 0, 6)}"
  cidr = cidrsubnet(var.cidr, 0, 0)
}

# No subnets but ours: the automatic mode makes one in every region of the world.
resource "google_compute_network" "this" {
  name                    = local.name
  auto_create_subnetworks = false
  routing_mode            = "REGIONAL"
}

# A subnet here spans all zones of its region, and a cluster takes exactly one. So there is one whatever `zones` says; a
# cluster spreads its nodes over the zones of the region by itself. Nothing may come in: the network has no rule that allows it.
resource "google_compute_subnetwork" "private" {
  name          = local.name
  network       = google_compute_network.this.id
  region        = var.fabric_region
  ip_cidr_range = local.cidr

  # Segments are large: this way they reach the bucket without paying for NAT.
  private_ip_google_access = true

  dynamic "log_config" {
    for_each = var.flow_logs ? [1] : []

    content {
      aggregation_interval = "INTERVAL_5_SEC"
      flow_sampling        = 1
      metadata             = "INCLUDE_ALL_METADATA"
    }
  }

  lifecycle {
    # A cluster adds the ranges of its pods and services here.
    ignore_changes = [secondary_ip_range]
  }
}

resource "google_compute_router" "this" {
  name    = local.name
  network = google_compute_network.this.id
  region  = var.fabric_region
}

# Cloud NAT belongs to the region and outlives the loss of a zone: `single` and `per-zone` are the same thing here.
resource "google_compute_router_nat" "this" {
  name                               = local.name
  router                             = google_compute_router.this.name
  region                             = var.fabric_region
  nat_ip_allocate_option             = "AUTO_ONLY"
  source_subnetwork_ip_ranges_to_nat = "ALL_SUBNETWORKS_ALL_IP_RANGES"

  log_config {
    enable = true
    filter = "ERRORS_ONLY"
  }
}
