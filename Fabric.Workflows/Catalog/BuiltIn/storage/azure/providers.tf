# Subscription and credentials come from the environment, so that the same module serves every subscription.
provider "azurerm" {
  # Storage accounts here have no shared keys.
  storage_use_azuread = true

  features {
    resource_group {
      # What somebody else put into the group is not deleted with it.
      prevent_deletion_if_contains_resources = true
    }

    storage {
      # Fabric is given rights over the account and none over what is in it.
      data_plane_available = false
    }
  }
}
