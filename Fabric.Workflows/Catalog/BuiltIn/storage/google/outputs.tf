output "bucket" {
  description = "The bucket as an address."
  value       = "gs://${google_storage_bucket.this.name}"
}

output "url" {
  description = "The bucket as an address."
  value       = "gs://${google_storage_bucket.this.name}"
}
