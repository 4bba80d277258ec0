output "cluster" {
  description = "The name of the cluster, unique in its account and region."
  value       = aws_eks_cluster.this.name
  # A cluster without nodes, trust for its service accounts or a way in for its agent is of no use to what comes next.
  depends_on = [aws_eks_node_group.this, aws_eks_addon.after_nodes, aws_iam_openid_connect_provider.this, aws_codebuild_project.bootstrap]
}

output "endpoint" {
  description = "The address of the Kubernetes API."
  value       = aws_eks_cluster.this.endpoint
}
