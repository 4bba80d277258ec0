data "google_project" "this" {}

data "google_storage_project_service_account" "this" {}

locals {
  # Bucket names are shared by everybody in the world. The hash is the same on every plan and tells nothing of the project.
  hash   = substr(sha256("${data.google_project.this.project_id}/${var.fabric_tags["fabric-entity"]}"), 0, 12)
  bucket = "${var.fabric_name}-${local.hash}"

  own_key = var.encryption_key != ""
}

# Cloud Storage itself uses the key, for this project's buckets.
resource "google_kms_crypto_key_iam_member" "storage" {
  count = local.own_key ? 1 : 0

  crypto_key_id = var.encryption_key
  role          = "roles/cloudkms.cryptoKeyEncrypterDecrypter"
  member        = data.google_storage_project_service_account.this.member
}

resource "google_storage_bucket" "this" {
  name          = local.bucket
  location      = var.fabric_region
  storage_class = var.storage_class == "infrequent" ? "NEARLINE" : "STANDARD"
  # A bucket that holds anything cannot be deleted: whoever means it empties it first.
  force_destroy = false

  # No access lists, and nobody can open it to the public by mistake.
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"

  versioning {
    enabled = var.versioning
  }

  # Stays when versioning is switched off: the old versions are still there and must go one day.
  lifecycle_rule {
    action {
      type = "Delete"
    }

    condition {
      days_since_noncurrent_time = var.noncurrent_days
      with_state                 = "ARCHIVED"
    }
  }

  # Parts of an upload that broke off are invisible, and paid for.
  lifecycle_rule {
    action {
      type = "AbortIncompleteMultipartUpload"
    }

    condition {
      age = 7
    }
  }

  dynamic "encryption" {
    for_each = local.own_key ? [1] : []

    content {
      default_kms_key_name = var.encryption_key
    }
  }

  depends_on = [google_kms_crypto_key_iam_member.storage]
}
