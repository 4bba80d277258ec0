variable "network_id" {
  description = "The network the cluster lives in."
  type        = string
  nullable    = false

  validation {
    condition     = length(var.network_id) > 0
    error_message = "network_id must not be empty."
  }
}

variable "subnet_ids" {
  description = "The private subnets the nodes are spread over."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(var.subnet_ids) > 0
    error_message = "subnet_ids needs at least one subnet."
  }
}

variable "kubernetes_version" {
  description = "The minor version of the control plane and the nodes."
  type        = string
  default     = "1.32"
  nullable    = false

  validation {
    condition     = can(regex("^1\\.[0-9]{2}$", var.kubernetes_version))
    error_message = "kubernetes_version is a minor version such as 1.32."
  }
}

variable "node_size" {
  description = "Size class of a node: small is 4 vCPU / 16 GiB, medium 8 / 32, large 16 / 64, xlarge 32 / 128."
  type        = string
  default     = "medium"
  nullable    = false

  validation {
    condition     = contains(["small", "medium", "large", "xlarge"], var.node_size)
    error_message = "node_size is small, medium, large or xlarge."
  }
}

variable "min_nodes" {
  description = "The autoscaler never goes below this."
  type        = number
  default     = 3
  nullable    = false

  validation {
    condition     = var.min_nodes >= 1 && var.min_nodes <= 200 && floor(var.min_nodes) == var.min_nodes
    error_message = "min_nodes is a whole number from 1 to 200."
  }
}

variable "max_nodes" {
  description = "The autoscaler never goes above this."
  type        = number
  default     = 12
  nullable    = false

  validation {
    condition     = var.max_nodes >= 1 && var.max_nodes <= 500 && floor(var.max_nodes) == var.max_nodes
    error_message = "max_nodes is a whole number from 1 to 500."
  }
}

variable "disk_gi" {
  description = "Root disk of each node, in GiB."
  type        = number
  default     = 100
  nullable    = false

  validation {
    condition     = var.disk_gi >= 50 && var.disk_gi <= 2000 && floor(var.disk_gi) == var.disk_gi
    error_message = "disk_gi is a whole number from 50 to 2000."
  }
}

variable "private_endpoint" {
  description = "Make the Kubernetes API reachable from inside the network only."
  type        = bool
  default     = true
  nullable    = false
}

variable "fabric_name" {
  description = "Supplied by Fabric: prefix of every name, unique in the account for one environment."
  type        = string

  validation {
    condition     = can(regex("^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$", var.fabric_name))
    error_message = "fabric_name is a lower-case slug of at most 40 characters."
  }
}

variable "fabric_region" {
  description = "Supplied by Fabric: the region of the environment."
  type        = string
}

variable "fabric_tags" {
  description = "Supplied by Fabric: what every resource is tagged with, so that it can be found again without the state."
  type        = map(string)

  validation {
    condition     = alltrue([for key in ["fabric-environment", "fabric-entity", "fabric-tenant", "fabric-node"] : lookup(var.fabric_tags, key, "") != ""])
    error_message = "fabric_tags needs fabric-environment, fabric-entity, fabric-tenant and fabric-node."
  }
}
