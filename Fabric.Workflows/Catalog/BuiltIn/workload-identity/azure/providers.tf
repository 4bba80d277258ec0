# Subscription and credentials come from the environment, so that the same module serves every subscription.
provider "azurerm" {
  features {
    resource_group {
      # What somebody else put into the group is not deleted with it.
      prevent_deletion_if_contains_resources = true
    }
  }
}
