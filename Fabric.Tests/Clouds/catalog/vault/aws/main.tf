variable "size" {
  type    = number
  default = 1
}

resource "terraform_data" "vault" {
  input = var.size
}

output "id" {
  value = terraform_data.vault.id
}
