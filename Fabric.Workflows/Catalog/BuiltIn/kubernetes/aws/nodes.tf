locals {
  # The same class has the same vCPU and memory on every cloud.
  instance_types = {
    small  = "m6i.xlarge"
    medium = "m6i.2xlarge"
    large  = "m6i.4xlarge"
    xlarge = "m6i.8xlarge"
  }
}

# How many nodes the autoscaler holds at this moment. Ignoring the number instead would make a raised minimum fail, because
# EKS refuses a minimum above the number that runs.
data "aws_autoscaling_groups" "nodes" {
  filter {
    name   = "tag:eks:cluster-name"
    values = [local.name]
  }
}

data "aws_autoscaling_group" "nodes" {
  for_each = toset(data.aws_autoscaling_groups.nodes.names)

  name = each.value
}

locals {
  running = max(concat([var.min_nodes], [for group in data.aws_autoscaling_group.nodes : group.desired_capacity])...)
}

# Size and disk are here and not in the node group: a new version of the template rolls node by node, a changed node group
# would be deleted first.
resource "aws_launch_template" "nodes" {
  name                   = "${local.name}-nodes"
  instance_type          = local.instance_types[var.node_size]
  update_default_version = true

  block_device_mappings {
    device_name = "/dev/xvda"

    ebs {
      volume_type           = "gp3"
      volume_size           = var.disk_gi
      encrypted             = "true"
      delete_on_termination = "true"
    }
  }

  # One hop is the node itself, so a pod cannot fetch the node's credentials.
  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }

  # The provider's default tags stop at the template. What the pool makes by itself stands in no state, and says so.
  dynamic "tag_specifications" {
    for_each = toset(["instance", "volume", "network-interface"])

    content {
      resource_type = tag_specifications.value
      tags          = merge(var.fabric_tags, { Name = "${local.name}-node", fabric-through = "nodes" })
    }
  }

  lifecycle {
    # A node renamed in the blueprint changes a tag, and that alone must not roll every machine of the cluster.
    ignore_changes = [tag_specifications]
  }
}

resource "aws_eks_node_group" "this" {
  cluster_name    = aws_eks_cluster.this.name
  node_group_name = "nodes"
  node_role_arn   = aws_iam_role.node.arn
  subnet_ids      = var.subnet_ids
  version         = aws_eks_cluster.this.version
  ami_type        = "AL2023_x86_64_STANDARD"

  scaling_config {
    min_size     = var.min_nodes
    desired_size = min(local.running, var.max_nodes)
    max_size     = var.max_nodes
  }

  launch_template {
    id      = aws_launch_template.nodes.id
    version = aws_launch_template.nodes.latest_version
  }

  # No update_config: EKS replaces one node at a time by itself, and ZooKeeper keeps its majority.

  lifecycle {
    # EKS refuses remote access beside a launch template and never changes it: there is nothing to converge.
    ignore_changes = [remote_access]

    precondition {
      condition     = var.min_nodes <= var.max_nodes
      error_message = "min_nodes (${var.min_nodes}) is more than max_nodes (${var.max_nodes})."
    }
  }

  # A node that joins before its network plugin is configured stays NotReady, and EKS gives up on it.
  depends_on = [aws_iam_role_policy_attachment.node, aws_eks_addon.before_nodes]
}
