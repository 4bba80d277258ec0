output "network_id" {
  description = "The id of the network, projects/../global/networks/.."
  value       = google_compute_network.this.id
}

output "subnet_ids" {
  description = "The private subnet, which spans the zones of the region."
  value       = [google_compute_subnetwork.private.id]
  # Nobody may start a node before it has its way out.
  depends_on = [google_compute_router_nat.this]
}

output "cidr" {
  description = "The range the network was made with."
  value       = google_compute_subnetwork.private.ip_cidr_range
}
