output "bucket" {
  description = "The bucket as an address."
  value       = "s3://${aws_s3_bucket.this.id}"
  # Nobody may write before the bucket is closed to the public and encrypted.
  depends_on = [
    aws_s3_bucket_public_access_block.this,
    aws_s3_bucket_ownership_controls.this,
    aws_s3_bucket_server_side_encryption_configuration.this,
    aws_s3_bucket_versioning.this,
    aws_s3_bucket_policy.this,
  ]
}

output "url" {
  description = "The bucket as an address."
  value       = "s3://${aws_s3_bucket.this.id}"
}
