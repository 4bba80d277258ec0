variable "cidr" {
  description = "Private IPv4 range of the network, between /16 and /24."
  type        = string
  default     = "10.40.0.0/16"
  nullable    = false

  validation {
    condition     = can(regex("^(10|172|192)(\\.[0-9]{1,3}){3}/(1[6-9]|2[0-4])$", var.cidr)) && can(cidrnetmask(var.cidr))
    error_message = "cidr is a private IPv4 range between /16 and /24, such as 10.40.0.0/16."
  }
}

variable "zones" {
  description = "How many availability zones the network spans."
  type        = number
  default     = 3
  nullable    = false

  validation {
    condition     = contains([1, 2, 3], var.zones)
    error_message = "zones is 1, 2 or 3."
  }
}

variable "nat_gateways" {
  description = "One NAT gateway for the whole network (single), or one per zone (per-zone)."
  type        = string
  default     = "single"
  nullable    = false

  validation {
    condition     = contains(["single", "per-zone"], var.nat_gateways)
    error_message = "nat_gateways is single or per-zone."
  }
}

variable "flow_logs" {
  description = "Record accepted and rejected connections."
  type        = bool
  default     = false
  nullable    = false
}

variable "flow_log_days" {
  description = "Days that flow logs are kept, when they are on."
  type        = number
  default     = 14
  nullable    = false

  validation {
    condition     = var.flow_log_days >= 1 && var.flow_log_days <= 365 && floor(var.flow_log_days) == var.flow_log_days
    error_message = "flow_log_days is a whole number from 1 to 365."
  }
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
