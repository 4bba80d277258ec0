output "cluster" {
  description = "The name of the cluster, unique in its account and region."
  value       = azurerm_kubernetes_cluster.this.name
  depends_on  = [azurerm_kubernetes_cluster_node_pool.zones]
}

output "endpoint" {
  description = "The address of the Kubernetes API."
  value       = "https://${var.private_endpoint ? azurerm_kubernetes_cluster.this.private_fqdn : azurerm_kubernetes_cluster.this.fqdn}:443"
}
