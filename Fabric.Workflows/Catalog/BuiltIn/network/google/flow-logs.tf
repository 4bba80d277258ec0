data "google_project" "this" {}

locals {
  flow_filter = join(" AND ", [
    "log_id(\"compute.googleapis.com/vpc_flows\")",
    "resource.type=\"gce_subnetwork\"",
    "resource.labels.subnetwork_name=\"${google_compute_subnetwork.private.name}\"",
  ])
}

# The project's default log bucket has one retention for everything; a bucket of its own has the one that was asked for.
resource "google_logging_project_bucket_config" "flow" {
  count = var.flow_logs ? 1 : 0

  project        = data.google_project.this.project_id
  location       = var.fabric_region
  bucket_id      = "${local.name}-flow"
  description    = "Flow logs of the network ${local.name}"
  retention_days = var.flow_log_days
}

resource "google_logging_project_sink" "flow" {
  count = var.flow_logs ? 1 : 0

  name                   = "${local.name}-flow"
  description            = "Flow logs of the network ${local.name}"
  destination            = "logging.googleapis.com/${google_logging_project_bucket_config.flow[0].id}"
  filter                 = local.flow_filter
  unique_writer_identity = true # writing within the project needs no grant
}

# Else every record would be kept, and paid for, a second time in the default bucket.
resource "google_logging_project_exclusion" "flow" {
  count = var.flow_logs ? 1 : 0

  name        = "${local.name}-flow"
  description = "Flow logs of the network ${local.name} have a bucket of their own"
  filter      = local.flow_filter

  depends_on = [google_logging_project_sink.flow]
}
