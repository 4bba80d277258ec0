# Project and credentials come from the environment, so that the same module serves every project.
provider "google" {
  region         = var.fabric_region
  default_labels = var.fabric_tags
}
