output "network_id" {
  description = "The id of the VPC."
  value       = aws_vpc.this.id
}

output "subnet_ids" {
  description = "The private subnets, one per availability zone."
  # Nobody may start a node before it has its way out.
  value      = aws_subnet.private[*].id
  depends_on = [aws_route.private_internet, aws_route_table_association.private]
}

output "cidr" {
  description = "The range the network was made with."
  value       = aws_vpc.this.cidr_block
}
