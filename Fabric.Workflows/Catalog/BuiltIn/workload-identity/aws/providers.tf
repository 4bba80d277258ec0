# Account and credentials come from the environment, so that the same module serves every account.
provider "aws" {
  region = var.fabric_region

  default_tags {
    tags = var.fabric_tags
  }
}
