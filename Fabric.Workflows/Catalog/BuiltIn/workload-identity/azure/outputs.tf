output "role" {
  description = "The identity's client id."
  value       = azurerm_user_assigned_identity.this.client_id
  depends_on  = [azurerm_federated_identity_credential.this, azurerm_role_assignment.this]
}
