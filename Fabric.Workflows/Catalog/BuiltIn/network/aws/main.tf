data "aws_availability_zones" "usable" {
  state = "available"
  # EKS cannot place a control plane in these.
  exclude_zone_ids = ["use1-az3", "usw1-az2", "cac1-az3"]

  # Local and wavelength zones are no place for a cluster.
  filter {
    name   = "opt-in-status"
    values = ["opt-in-not-required"]
  }
}

locals {
  # The entity's id, not the node's name: a renamed node must keep what it has.
  name = "${var.fabric_name}-${substr(sha256(var.fabric_tags["fabric-entity"]), 0, 6)}"

  # Host bits set by mistake would be refused by the cloud and shown as a change for ever.
  cidr  = cidrsubnet(var.cidr, 0, 0)
  zones = slice(sort(data.aws_availability_zones.usable.names), 0, min(var.zones, length(data.aws_availability_zones.usable.names)))

  # Three quarters of the range are for nodes and pods. The last is for NAT gateways, in sixteenths: of a /24 that is a /28,
  # the smallest subnet there is.
  private_ranges = [for i in range(3) : cidrsubnet(local.cidr, 2, i)]
  public_ranges  = [for i in range(3) : cidrsubnet(local.cidr, 4, 12 + i)]

  nat_count = var.nat_gateways == "per-zone" ? var.zones : 1
}

resource "aws_vpc" "this" {
  cidr_block           = local.cidr
  enable_dns_support   = true
  enable_dns_hostnames = true # a private EKS endpoint is found by name

  tags = { Name = local.name }

  lifecycle {
    precondition {
      condition     = length(local.zones) == var.zones
      error_message = "The region ${var.fabric_region} has ${length(local.zones)} usable availability zones, fewer than ${var.zones}."
    }
  }
}

# Every network is born with a group that lets its members talk to each other and out. Whatever is started without a group
# of its own lands in it, so it allows nothing.
resource "aws_default_security_group" "this" {
  vpc_id = aws_vpc.this.id

  tags = { Name = "${local.name}-default-closed" }
}

resource "aws_subnet" "private" {
  count = var.zones

  vpc_id                  = aws_vpc.this.id
  availability_zone       = local.zones[count.index]
  cidr_block              = local.private_ranges[count.index]
  map_public_ip_on_launch = false

  tags = {
    Name                              = "${local.name}-private-${count.index + 1}"
    "kubernetes.io/role/internal-elb" = "1"
  }

  lifecycle {
    # A region that gains a zone must not move a subnet that stands.
    ignore_changes = [availability_zone]
  }
}

# Nothing but NAT gateways lives here.
resource "aws_subnet" "nat" {
  count = local.nat_count

  vpc_id                  = aws_vpc.this.id
  availability_zone       = local.zones[count.index]
  cidr_block              = local.public_ranges[count.index]
  map_public_ip_on_launch = false

  tags = { Name = "${local.name}-nat-${count.index + 1}" }

  lifecycle {
    ignore_changes = [availability_zone]
  }
}
