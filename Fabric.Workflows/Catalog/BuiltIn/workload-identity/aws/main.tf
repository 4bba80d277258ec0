data "aws_partition" "this" {}

# The cluster knows its own issuer: it need not be carried through the blueprint, and an adopted cluster works as well.
data "aws_eks_cluster" "this" {
  name = var.cluster
}

data "aws_iam_openid_connect_provider" "this" {
  url = data.aws_eks_cluster.this.identity[0].oidc[0].issuer
}

locals {
  # The entity's id, not the node's name: a renamed node must keep what it has.
  name   = "${var.fabric_name}-${substr(sha256(var.fabric_tags["fabric-entity"]), 0, 6)}"
  issuer = trimprefix(data.aws_eks_cluster.this.identity[0].oidc[0].issuer, "https://")

  bucket     = trimsuffix(trimprefix(var.bucket, "s3://"), "/")
  bucket_arn = "arn:${data.aws_partition.this.partition}:s3:::${local.bucket}"

  # Fabric's rule for the namespace of an environment: its name and a mark of its tenant.
  environment = var.fabric_tags["fabric-environment"]
  namespace   = var.namespace != "" ? var.namespace : "fabric-${local.environment}-${substr(sha256(var.fabric_tags["fabric-tenant"]), 0, 8)}"
}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]

    principals {
      type        = "Federated"
      identifiers = [data.aws_iam_openid_connect_provider.this.arn]
    }

    condition {
      test     = "StringEquals"
      variable = "${local.issuer}:aud"
      values   = ["sts.amazonaws.com"]
    }

    # Exactly one service account. On a shared cluster anything wider would open the bucket to other tenants.
    condition {
      test     = "StringEquals"
      variable = "${local.issuer}:sub"
      values   = ["system:serviceaccount:${local.namespace}:${var.service_account}"]
    }
  }
}

resource "aws_iam_role" "this" {
  name               = local.name
  description        = "Bucket ${local.bucket} for ${local.namespace}/${var.service_account}"
  assume_role_policy = data.aws_iam_policy_document.trust.json

  lifecycle {
    precondition {
      # An id in place of the name would give a namespace that is nobody's, and a role that nobody can assume.
      condition     = var.namespace != "" || can(regex("^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$", local.environment))
      error_message = "Set namespace: the tag fabric-environment is not the environment's name, so its namespace cannot be told from it."
    }
  }
}

data "aws_iam_policy_document" "bucket" {
  statement {
    sid       = "Bucket"
    actions   = concat(["s3:ListBucket", "s3:GetBucketLocation"], var.access == "read-write" ? ["s3:ListBucketMultipartUploads"] : [])
    resources = [local.bucket_arn]
  }

  statement {
    sid = "Objects"
    actions = concat(["s3:GetObject"], var.access == "read-write"
      ? ["s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"]
    : [])
    resources = ["${local.bucket_arn}/*"]
  }

  # A bucket with the customer's own key needs the key too. Which key is the bucket's affair; this reaches any key, but only
  # through S3 and only for this bucket.
  statement {
    sid       = "Key"
    actions   = concat(["kms:Decrypt"], var.access == "read-write" ? ["kms:GenerateDataKey"] : [])
    resources = ["arn:${data.aws_partition.this.partition}:kms:*:*:key/*"]

    condition {
      test     = "StringLike"
      variable = "kms:ViaService"
      values   = ["s3.*.${data.aws_partition.this.dns_suffix}"]
    }

    condition {
      test     = "StringLike"
      variable = "kms:EncryptionContext:aws:s3:arn"
      values   = [local.bucket_arn, "${local.bucket_arn}/*"]
    }
  }
}

resource "aws_iam_role_policy" "bucket" {
  name   = "bucket"
  role   = aws_iam_role.this.id
  policy = data.aws_iam_policy_document.bucket.json
}
