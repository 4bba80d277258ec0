locals {
  # Before the nodes: what a node needs to become ready. After them: what runs on nodes.
  addons_before = {
    vpc-cni = {
      role = "vpc-cni"
      # Without this, EKS accepts network policies and enforces none, and namespaces would not be isolated.
      configuration = jsonencode({ enableNetworkPolicy = "true" })
    }
    kube-proxy = { role = null, configuration = null }
  }
  addons_after = {
    coredns = { role = null, configuration = null }
    aws-ebs-csi-driver = {
      role = "ebs-csi"
      # EKS marks no storage class as the default since 1.30; volumes that name none would wait for ever.
      configuration = jsonencode({ defaultStorageClass = { enabled = true } })
    }
  }
  addons = var.fabric_emulator ? {} : merge(local.addons_before, local.addons_after)
}

data "aws_eks_addon_version" "this" {
  for_each = local.addons

  addon_name         = each.key
  kubernetes_version = var.kubernetes_version
}

# The default version of an add-on moves whenever AWS says so. It is taken when the cluster's version changes and kept until
# then, so that a check for drift shows what somebody changed and not what AWS released.
resource "terraform_data" "addon_versions" {
  input = { for name, addon in data.aws_eks_addon_version.this : name => addon.version }

  lifecycle {
    ignore_changes       = [input]
    replace_triggered_by = [aws_eks_cluster.this.version]
  }
}

resource "aws_eks_addon" "before_nodes" {
  for_each = { for name, addon in local.addons : name => addon if contains(keys(local.addons_before), name) }

  cluster_name                = aws_eks_cluster.this.name
  addon_name                  = each.key
  addon_version               = terraform_data.addon_versions.output[each.key]
  service_account_role_arn    = each.value.role == null ? null : aws_iam_role.pod[each.value.role].arn
  configuration_values        = each.value.configuration
  resolve_conflicts_on_create = "OVERWRITE" # a new cluster already runs an unmanaged copy
  resolve_conflicts_on_update = "OVERWRITE"

  depends_on = [aws_iam_role_policy_attachment.pod]
}

resource "aws_eks_addon" "after_nodes" {
  for_each = { for name, addon in local.addons : name => addon if contains(keys(local.addons_after), name) }

  cluster_name                = aws_eks_cluster.this.name
  addon_name                  = each.key
  addon_version               = terraform_data.addon_versions.output[each.key]
  service_account_role_arn    = each.value.role == null ? null : aws_iam_role.pod[each.value.role].arn
  configuration_values        = each.value.configuration
  resolve_conflicts_on_create = "OVERWRITE"
  resolve_conflicts_on_update = "OVERWRITE"

  depends_on = [aws_eks_node_group.this, aws_iam_role_policy_attachment.pod]
}
