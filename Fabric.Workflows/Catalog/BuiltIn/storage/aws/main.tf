data "aws_caller_identity" "this" {}

data "aws_partition" "this" {}

locals {
  # Bucket names are shared by everybody in the world. The hash is the same on every plan and tells nothing of the account.
  hash   = substr(sha256("${data.aws_caller_identity.this.account_id}/${var.fabric_region}/${var.fabric_tags["fabric-entity"]}"), 0, 12)
  bucket = "${var.fabric_name}-${local.hash}"

  # Written out, so that the policy below can be read in the plan before there is a bucket.
  arn = "arn:${data.aws_partition.this.partition}:s3:::${local.bucket}"
}

resource "aws_s3_bucket" "this" {
  bucket = local.bucket
  # A bucket that holds anything cannot be deleted: whoever means it empties it first.
  force_destroy = false
}

resource "aws_s3_bucket_public_access_block" "this" {
  bucket = aws_s3_bucket.this.id

  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

# No access lists: only policies decide, and every object belongs to the account of the bucket.
resource "aws_s3_bucket_ownership_controls" "this" {
  bucket = aws_s3_bucket.this.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "this" {
  bucket = aws_s3_bucket.this.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = var.encryption_key == "" ? "AES256" : "aws:kms"
      kms_master_key_id = var.encryption_key == "" ? null : var.encryption_key
    }

    # One call to the key per bucket and while, not per object. It also makes the bucket, and not each object, the
    # encryption context that the workload's role is limited by.
    bucket_key_enabled = var.encryption_key != ""
  }
}

# A bucket that once had versions can only be suspended, never go back to having none; so that is what off means from the start.
resource "aws_s3_bucket_versioning" "this" {
  bucket = aws_s3_bucket.this.id

  versioning_configuration {
    status = var.versioning ? "Enabled" : "Suspended"
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "this" {
  bucket = aws_s3_bucket.this.id

  # Stays when versioning is switched off: the old versions are still there and must go one day.
  rule {
    id     = "old-versions"
    status = "Enabled"

    filter {}

    noncurrent_version_expiration {
      noncurrent_days = var.noncurrent_days
    }

    expiration {
      expired_object_delete_marker = true
    }
  }

  # Parts of an upload that broke off are invisible, and paid for.
  rule {
    id     = "broken-uploads"
    status = "Enabled"

    filter {}

    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }

  dynamic "rule" {
    for_each = var.storage_class == "infrequent" ? [1] : []

    content {
      id     = "infrequent"
      status = "Enabled"

      filter {}

      # The cloud takes no objects younger than 30 days into this class.
      transition {
        days          = 30
        storage_class = "STANDARD_IA"
      }
    }
  }

  depends_on = [aws_s3_bucket_versioning.this]
}

data "aws_iam_policy_document" "bucket" {
  statement {
    sid       = "EncryptedTransportOnly"
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = [local.arn, "${local.arn}/*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }

  statement {
    sid       = "ModernTransportOnly"
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = [local.arn, "${local.arn}/*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "NumericLessThan"
      variable = "s3:TlsVersion"
      values   = ["1.2"]
    }
  }
}

resource "aws_s3_bucket_policy" "this" {
  bucket = aws_s3_bucket.this.id
  policy = data.aws_iam_policy_document.bucket.json

  # Changing both at once is refused by S3 now and then.
  depends_on = [aws_s3_bucket_public_access_block.this]
}
