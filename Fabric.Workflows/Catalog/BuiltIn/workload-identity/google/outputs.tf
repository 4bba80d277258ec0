output "role" {
  description = "The address of the service account."
  value       = google_service_account.this.email
  depends_on  = [google_service_account_iam_member.this, google_storage_bucket_iam_member.this]
}
