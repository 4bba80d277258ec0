data "google_project" "this" {}

locals {
  # The entity's id, not the node's name: a renamed node must keep what it has. A cluster's name has 40 characters at most,
  # a service account's 30.
  hash    = substr(sha256(var.fabric_tags["fabric-entity"]), 0, 6)
  name    = "${trimsuffix(substr(var.fabric_name, 0, 33), "-")}-${local.hash}"
  account = "${trimsuffix(substr(var.fabric_name, 0, 23), "-")}-${local.hash}"
  project = data.google_project.this.project_id

  # The same class has the same vCPU and memory on every cloud.
  machine_types = {
    small  = "n2-standard-4"
    medium = "n2-standard-8"
    large  = "n2-standard-16"
    xlarge = "n2-standard-32"
  }

  # projects/PROJECT/regions/REGION/subnetworks/NAME, or the same as an address.
  subnet_parts = split("/", var.subnet_ids[0])
}

data "google_compute_subnetwork" "nodes" {
  name    = element(local.subnet_parts, length(local.subnet_parts) - 1)
  project = length(local.subnet_parts) > 1 ? element(local.subnet_parts, length(local.subnet_parts) - 5) : local.project
  region  = var.fabric_region
}

resource "google_container_cluster" "this" {
  name       = local.name
  location   = var.fabric_region
  network    = var.network_id
  subnetwork = var.subnet_ids[0]

  # Patches by itself, and a new minor version only when Fabric says so or support has ended for good.
  min_master_version = var.kubernetes_version

  release_channel {
    channel = "EXTENDED"
  }

  # GKE wants a pool to begin with. It goes at once; the real one can then change without the cluster.
  remove_default_node_pool = true
  initial_node_count       = 1

  node_config {
    service_account = google_service_account.node.email
    oauth_scopes    = ["https://www.googleapis.com/auth/cloud-platform"]
  }

  # Outside the private ranges a network may be made with, so that no choice of cidr can overlap.
  networking_mode = "VPC_NATIVE"

  ip_allocation_policy {
    cluster_ipv4_cidr_block  = "100.64.0.0/14"
    services_ipv4_cidr_block = "100.68.0.0/20"
  }

  # Enforces network policies; without it they are accepted and ignored, and namespaces would not be isolated.
  datapath_provider = "ADVANCED_DATAPATH"

  private_cluster_config {
    enable_private_nodes    = true
    enable_private_endpoint = var.private_endpoint
  }

  dynamic "master_authorized_networks_config" {
    for_each = var.private_endpoint ? [1] : []

    content {
      cidr_blocks {
        cidr_block   = data.google_compute_subnetwork.nodes.ip_cidr_range
        display_name = "network"
      }
    }
  }

  # What lets a pod's service account stand for one of the cloud.
  workload_identity_config {
    workload_pool = "${local.project}.svc.id.goog"
  }

  enable_shielded_nodes = true
  enable_legacy_abac    = false

  master_auth {
    client_certificate_config {
      issue_client_certificate = false
    }
  }

  logging_config {
    enable_components = ["SYSTEM_COMPONENTS", "WORKLOADS", "APISERVER", "CONTROLLER_MANAGER", "SCHEDULER"]
  }

  addons_config {
    gce_persistent_disk_csi_driver_config {
      enabled = true
    }
  }

  resource_labels = var.fabric_tags

  # Fabric asks before it deletes; a second lock would only make its own runs fail. What holds data is the bucket.
  deletion_protection = false

  lifecycle {
    # Of the first pool, which is gone.
    ignore_changes = [node_config, initial_node_count]

    precondition {
      condition     = length(var.subnet_ids) == 1
      error_message = "A cluster here takes exactly one subnet, which spans the zones of its region; subnet_ids has ${length(var.subnet_ids)}."
    }
  }

  depends_on = [google_project_iam_member.node]
}

resource "google_container_node_pool" "this" {
  name     = "nodes"
  cluster  = google_container_cluster.this.id
  location = var.fabric_region

  # Per zone, of which a region gives a cluster three: a smaller pool begins empty and is filled to its minimum.
  initial_node_count = var.max_nodes >= 3 ? 1 : null

  # Of the whole pool: the plain limits count per zone.
  autoscaling {
    total_min_node_count = var.min_nodes
    total_max_node_count = var.max_nodes
    location_policy      = "BALANCED"
  }

  management {
    auto_repair  = true
    auto_upgrade = true # nodes follow the control plane
  }

  # ZooKeeper keeps its majority while nodes are replaced.
  upgrade_settings {
    max_surge       = 1
    max_unavailable = 0
  }

  network_config {
    enable_private_nodes = true
  }

  node_config {
    machine_type    = local.machine_types[var.node_size]
    image_type      = "COS_CONTAINERD"
    disk_type       = "pd-balanced"
    disk_size_gb    = var.disk_gi
    service_account = google_service_account.node.email
    # What the nodes may do is decided by the account's roles.
    oauth_scopes    = ["https://www.googleapis.com/auth/cloud-platform"]
    resource_labels = merge(var.fabric_tags, { fabric-through = "nodes" }) # what a pool makes by itself stands in no state

    metadata = {
      disable-legacy-endpoints = "true"
    }

    # Pods meet GKE's own metadata server, which never gives them the node's credentials.
    workload_metadata_config {
      mode = "GKE_METADATA"
    }

    shielded_instance_config {
      enable_secure_boot          = true
      enable_integrity_monitoring = true
    }
  }

  lifecycle {
    # Only how the pool began; the autoscaler decides since, and a change would replace the pool.
    ignore_changes = [initial_node_count]

    precondition {
      condition     = var.min_nodes <= var.max_nodes
      error_message = "min_nodes (${var.min_nodes}) is more than max_nodes (${var.max_nodes})."
    }
  }
}

# The project's default account may do nearly everything in the project.
resource "google_service_account" "node" {
  account_id   = local.account
  display_name = "Nodes of ${local.name}"
}

resource "google_project_iam_member" "node" {
  for_each = toset(["roles/container.defaultNodeServiceAccount", "roles/artifactregistry.reader"])

  project = local.project
  role    = each.value
  member  = "serviceAccount:${google_service_account.node.email}"
}
