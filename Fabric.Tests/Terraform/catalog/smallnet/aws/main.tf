terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.100"
    }
  }
}

variable "subnets" {
  type    = number
  default = 3
}
variable "labels" {
  type    = map(string)
  default = {}
}
variable "fabric_region" { type = string }
variable "fabric_tags" { type = map(string) }

provider "aws" {
  region = var.fabric_region
  default_tags { tags = var.fabric_tags }
}

resource "aws_vpc" "this" {
  cidr_block = "10.1.0.0/16"
  tags       = var.labels
}

resource "aws_subnet" "this" {
  count      = var.subnets
  vpc_id     = aws_vpc.this.id
  cidr_block = cidrsubnet(aws_vpc.this.cidr_block, 8, count.index)
  tags       = { Name = "small-${count.index}" }
}

resource "aws_internet_gateway" "this" { vpc_id = aws_vpc.this.id }

resource "aws_security_group" "this" {
  name   = "small"
  vpc_id = aws_vpc.this.id
}

output "network_id" { value = aws_vpc.this.id }
