data "aws_partition" "this" {}

data "aws_caller_identity" "this" {}

data "aws_vpc" "this" {
  id = var.network_id
}

data "aws_subnet" "nodes" {
  for_each = toset(var.subnet_ids)

  id = each.value
}

locals {
  # The entity's id, not the node's name: a renamed node must keep what it has.
  name = "${var.fabric_name}-${substr(sha256(var.fabric_tags["fabric-entity"]), 0, 6)}"
}

# Secrets are wrapped with a key of the customer's account, which the customer can watch and switch off.
resource "aws_kms_key" "secrets" {
  description             = "Secrets of the Kubernetes cluster ${local.name}"
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

resource "aws_kms_alias" "secrets" {
  name          = "alias/${local.name}-secrets"
  target_key_id = aws_kms_key.secrets.key_id
}

# EKS would make this group itself, kept for ever and left behind; made first, it has a retention and goes with the cluster.
resource "aws_cloudwatch_log_group" "cluster" {
  name              = "/aws/eks/${local.name}/cluster"
  retention_in_days = 30
}

# The group EKS makes admits nodes only. This one lets the rest of the network reach the API's private address.
resource "aws_security_group" "api" {
  name        = "${local.name}-api"
  description = "Kubernetes API of ${local.name} from inside the network"
  vpc_id      = var.network_id

  tags = { Name = "${local.name}-api" }
}

resource "aws_vpc_security_group_ingress_rule" "api" {
  security_group_id = aws_security_group.api.id
  description       = "Kubernetes API"
  cidr_ipv4         = data.aws_vpc.this.cidr_block
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

resource "aws_eks_cluster" "this" {
  name     = local.name
  version  = var.kubernetes_version
  role_arn = aws_iam_role.cluster.arn

  enabled_cluster_log_types = ["api", "audit", "authenticator", "controllerManager", "scheduler"]

  vpc_config {
    subnet_ids              = var.subnet_ids
    security_group_ids      = [aws_security_group.api.id]
    endpoint_private_access = true
    endpoint_public_access  = !var.private_endpoint
  }

  # People come in by access entries, which the account records and its owner gives; not by a config map that anybody in the
  # cluster may edit. Whoever made the cluster has no rights in it.
  dynamic "access_config" {
    for_each = var.fabric_emulator ? [] : [1]

    content {
      authentication_mode                         = "API"
      bootstrap_cluster_creator_admin_permissions = false
    }
  }

  encryption_config {
    resources = ["secrets"]

    provider {
      key_arn = aws_kms_key.secrets.arn
    }
  }

  lifecycle {
    precondition {
      condition     = alltrue([for subnet in data.aws_subnet.nodes : subnet.vpc_id == var.network_id])
      error_message = "Every one of subnet_ids must belong to the network ${var.network_id}."
    }

    precondition {
      condition     = alltrue([for subnet in data.aws_subnet.nodes : !subnet.map_public_ip_on_launch])
      error_message = "Nodes have no public address, and one of subnet_ids gives them one; use private subnets."
    }

    precondition {
      condition     = length(distinct([for subnet in data.aws_subnet.nodes : subnet.availability_zone])) >= 2
      error_message = "EKS needs subnets in at least two availability zones."
    }
  }

  # Deleted before the cluster, the policies would leave network interfaces behind that nobody may remove.
  depends_on = [aws_cloudwatch_log_group.cluster, aws_iam_role_policy_attachment.cluster, aws_iam_role_policy.cluster]
}

# What lets a pod's service account assume a role: the cluster's tokens are trusted as an identity provider.
resource "aws_iam_openid_connect_provider" "this" {
  url            = aws_eks_cluster.this.identity[0].oidc[0].issuer
  client_id_list = ["sts.amazonaws.com"]

  tags = { Name = local.name }
}
