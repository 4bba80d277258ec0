# The cluster knows its own pool of identities: it need not be carried through the blueprint.
data "google_container_cluster" "this" {
  name     = var.cluster
  location = var.fabric_region

  lifecycle {
    postcondition {
      condition     = try(self.workload_identity_config[0].workload_pool, "") != ""
      error_message = "There is no cluster ${var.cluster} with workload identity in ${var.fabric_region}."
    }
  }
}

locals {
  # The entity's id, not the node's name: a renamed node must keep what it has. An account's name has 30 characters at most.
  account = "${trimsuffix(substr(var.fabric_name, 0, 23), "-")}-${substr(sha256(var.fabric_tags["fabric-entity"]), 0, 6)}"

  bucket = trimsuffix(trimprefix(var.bucket, "gs://"), "/")

  # Fabric's rule for the namespace of an environment: its name and a mark of its tenant.
  environment = var.fabric_tags["fabric-environment"]
  namespace   = var.namespace != "" ? var.namespace : "fabric-${local.environment}-${substr(sha256(var.fabric_tags["fabric-tenant"]), 0, 8)}"

  # Pinot looks at the bucket itself before it looks into it, which the object roles do not allow.
  roles = var.access == "read-write" ? ["roles/storage.objectUser", "roles/storage.legacyBucketReader"] : ["roles/storage.objectViewer", "roles/storage.legacyBucketReader"]
}

resource "google_service_account" "this" {
  account_id   = local.account
  display_name = "Bucket ${local.bucket}"
  description  = "For ${local.namespace}/${var.service_account} of ${var.cluster}"

  lifecycle {
    precondition {
      # An id in place of the name would give a namespace that is nobody's, and a role that nobody can assume.
      condition     = var.namespace != "" || can(regex("^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$", local.environment))
      error_message = "Set namespace: the tag fabric-environment is not the environment's name, so its namespace cannot be told from it."
    }
  }
}

# Exactly one service account. The pool is the project's: two clusters of a project with the same namespace in both count as
# one, and Fabric gives a namespace to one environment only.
resource "google_service_account_iam_member" "this" {
  service_account_id = google_service_account.this.name
  role               = "roles/iam.workloadIdentityUser"
  member             = "serviceAccount:${data.google_container_cluster.this.workload_identity_config[0].workload_pool}[${local.namespace}/${var.service_account}]"
}

# Over the one bucket. A key of the customer's own is used by Cloud Storage itself.
resource "google_storage_bucket_iam_member" "this" {
  for_each = toset(local.roles)

  bucket = local.bucket
  role   = each.value
  member = "serviceAccount:${google_service_account.this.email}"
}
