output "cluster" {
  description = "The name of the cluster, unique in its account and region."
  value       = google_container_cluster.this.name
  depends_on  = [google_container_node_pool.this]
}

output "endpoint" {
  description = "The address of the Kubernetes API."
  value       = "https://${google_container_cluster.this.endpoint}"
}
