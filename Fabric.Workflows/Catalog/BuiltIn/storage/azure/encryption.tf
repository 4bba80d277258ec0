locals {
  own_key = var.encryption_key != ""

  # https://VAULT.vault.azure.net/keys/KEY, with a version or without; without one, a rotated key is taken up by itself.
  vault_name = local.own_key ? split(".", trimprefix(var.encryption_key, "https://"))[0] : ""
  key_name   = local.own_key ? split("/", var.encryption_key)[4] : ""
  vault_id   = local.own_key ? one([for vault in data.azurerm_resources.vault[0].resources : vault.id]) : ""
}

# The key's id names the vault and not its resource group.
data "azurerm_resources" "vault" {
  count = local.own_key ? 1 : 0

  type = "Microsoft.KeyVault/vaults"
  name = local.vault_name

  lifecycle {
    postcondition {
      condition     = length(self.resources) == 1
      error_message = "There is no key vault ${local.vault_name} in this subscription; encryption_key must be a key of one that is."
    }
  }
}

resource "azurerm_user_assigned_identity" "encryption" {
  count = local.own_key ? 1 : 0

  name                = "${local.name}-encryption"
  resource_group_name = azurerm_resource_group.this.name
  location            = azurerm_resource_group.this.location
  tags                = var.fabric_tags
}

# Over the one key, not the vault.
resource "azurerm_role_assignment" "encryption" {
  count = local.own_key ? 1 : 0

  scope                = "${local.vault_id}/keys/${local.key_name}"
  role_definition_name = "Key Vault Crypto Service Encryption User"
  principal_id         = azurerm_user_assigned_identity.encryption[0].principal_id
  principal_type       = "ServicePrincipal"
}
