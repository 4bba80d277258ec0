output "role" {
  description = "The role's ARN."
  value       = aws_iam_role.this.arn
  depends_on  = [aws_iam_role_policy.bucket]
}
