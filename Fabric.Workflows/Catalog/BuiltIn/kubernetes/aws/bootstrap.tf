# How the Fabric agent gets into the cluster, whose API nobody reaches from outside: Fabric writes the agent's manifest with a
# one-time token into the secret and starts the build, which runs inside the network and applies it. Nothing here listens.
locals {
  # By these names, told by the cluster's, Fabric finds the two.
  bootstrap = "${local.name}-agent"
}

# Worthless once the agent has enrolled, so it need not be recoverable.
resource "aws_secretsmanager_secret" "bootstrap" {
  name                    = local.bootstrap
  description             = "The manifest of the Fabric agent for ${local.name}, with a one-time token"
  recovery_window_in_days = 0
}

resource "aws_cloudwatch_log_group" "bootstrap" {
  name              = "/aws/codebuild/${local.bootstrap}"
  retention_in_days = 30
}

# Out to the cluster's API and AWS's own, and nothing in.
resource "aws_security_group" "bootstrap" {
  name        = local.bootstrap
  description = "Installs the Fabric agent in ${local.name}"
  vpc_id      = var.network_id

  tags = { Name = local.bootstrap }

  # Goes before the role's rights: a build that has just ended still gives its interfaces back, and the group goes after them.
  depends_on = [aws_iam_role_policy.bootstrap]
}

resource "aws_vpc_security_group_egress_rule" "bootstrap" {
  security_group_id = aws_security_group.bootstrap.id
  description       = "Kubernetes API and AWS"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

data "aws_iam_policy_document" "bootstrap_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["codebuild.amazonaws.com"]
    }

    # CodeBuild may use the role for this one project.
    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = ["arn:${data.aws_partition.this.partition}:codebuild:${var.fabric_region}:${data.aws_caller_identity.this.account_id}:project/${local.bootstrap}"]
    }
  }
}

resource "aws_iam_role" "bootstrap" {
  name               = local.bootstrap
  assume_role_policy = data.aws_iam_policy_document.bootstrap_trust.json
}

data "aws_iam_policy_document" "bootstrap" {
  statement {
    actions   = ["secretsmanager:GetSecretValue"]
    resources = [aws_secretsmanager_secret.bootstrap.arn]
  }

  statement {
    actions   = ["eks:DescribeCluster"]
    resources = [aws_eks_cluster.this.arn]
  }

  statement {
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["${aws_cloudwatch_log_group.bootstrap.arn}:*"]
  }

  # What a build needs to stand in a network; these calls know no narrower resource.
  statement {
    actions = [
      "ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface", "ec2:DescribeDhcpOptions", "ec2:DescribeNetworkInterfaces",
      "ec2:DescribeSecurityGroups", "ec2:DescribeSubnets", "ec2:DescribeVpcs",
    ]
    resources = ["*"]
  }

  statement {
    actions   = ["ec2:CreateNetworkInterfacePermission"]
    resources = ["arn:${data.aws_partition.this.partition}:ec2:${var.fabric_region}:${data.aws_caller_identity.this.account_id}:network-interface/*"]

    condition {
      test     = "StringEquals"
      variable = "ec2:AuthorizedService"
      values   = ["codebuild.amazonaws.com"]
    }

    condition {
      test     = "ArnEquals"
      variable = "ec2:Subnet"
      values   = [for subnet in data.aws_subnet.nodes : subnet.arn]
    }
  }
}

resource "aws_iam_role_policy" "bootstrap" {
  name   = "bootstrap"
  role   = aws_iam_role.bootstrap.id
  policy = data.aws_iam_policy_document.bootstrap.json
}

# The agent's manifest makes a namespace, a resource definition and roles, and nobody may give rights that they have not.
resource "aws_eks_access_entry" "bootstrap" {
  count = var.fabric_emulator ? 0 : 1

  cluster_name  = aws_eks_cluster.this.name
  principal_arn = aws_iam_role.bootstrap.arn
}

resource "aws_eks_access_policy_association" "bootstrap" {
  count = var.fabric_emulator ? 0 : 1

  cluster_name  = aws_eks_cluster.this.name
  principal_arn = aws_eks_access_entry.bootstrap[0].principal_arn
  policy_arn    = "arn:${data.aws_partition.this.partition}:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"

  access_scope {
    type = "cluster"
  }
}

resource "aws_codebuild_project" "bootstrap" {
  name           = local.bootstrap
  description    = "Installs the Fabric agent in ${local.name}"
  service_role   = aws_iam_role.bootstrap.arn
  build_timeout  = 10
  queued_timeout = 5

  artifacts {
    type = "NO_ARTIFACTS"
  }

  environment {
    type         = "LINUX_CONTAINER"
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "aws/codebuild/amazonlinux2-x86_64-standard:5.0" # with aws and kubectl

    environment_variable {
      name  = "CLUSTER"
      value = aws_eks_cluster.this.name
    }

    environment_variable {
      name  = "SECRET"
      value = aws_secretsmanager_secret.bootstrap.name
    }
  }

  # The manifest goes through a file: its token is printed nowhere.
  source {
    type = var.fabric_emulator ? "S3" : "NO_SOURCE"
    # Emulators want one.
    location = var.fabric_emulator ? "emulator/none" : null

    buildspec = yamlencode({
      version = 0.2
      phases = {
        build = {
          commands = [
            "umask 077",
            "aws secretsmanager get-secret-value --secret-id \"$SECRET\" --query SecretString --output text > /tmp/agent.yaml",
            "aws eks update-kubeconfig --name \"$CLUSTER\"",
            "kubectl apply --server-side --force-conflicts --field-manager=fabric-bootstrap -f /tmp/agent.yaml",
          ]
        }
      }
    })
  }

  vpc_config {
    vpc_id             = var.network_id
    subnets            = var.subnet_ids
    security_group_ids = [aws_security_group.bootstrap.id]
  }

  logs_config {
    cloudwatch_logs {
      group_name = aws_cloudwatch_log_group.bootstrap.name
    }
  }

  depends_on = [aws_iam_role_policy.bootstrap, aws_eks_access_policy_association.bootstrap]
}
