output "network_id" {
  description = "The id of the virtual network."
  value       = azurerm_virtual_network.this.id
}

output "subnet_ids" {
  description = "The private subnets, one per availability zone."
  value       = azurerm_subnet.private[*].id
  # Nobody may start a node before it has its way out.
  depends_on = [azurerm_subnet_nat_gateway_association.private, azurerm_subnet_network_security_group_association.private]
}

output "cidr" {
  description = "The range the network was made with."
  value       = local.cidr
}
