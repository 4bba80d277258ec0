output "cluster" {
  description = "The name of the cluster, unique in its account and region."
  value       = aws_eks_cluster.this.name
  # A cluster without nodes or trust for its service accounts is of no use to what comes next.
  depends_on = [aws_eks_node_group.this, aws_eks_addon.after_nodes, aws_iam_openid_connect_provider.this]
}

output "endpoint" {
  description = "The address of the Kubernetes API."
  value       = aws_eks_cluster.this.endpoint
}
