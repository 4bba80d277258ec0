output "bucket" {
  description = "The container as an address."
  value       = "abfss://${azurerm_storage_container.this.name}@${azurerm_storage_account.this.primary_dfs_host}"
}

output "url" {
  description = "The container as an address."
  value       = "abfss://${azurerm_storage_container.this.name}@${azurerm_storage_account.this.primary_dfs_host}"
}
