variable "cluster" {
  description = "The cluster whose service accounts are trusted."
  type        = string
  nullable    = false

  validation {
    condition     = length(var.cluster) > 0
    error_message = "cluster must not be empty."
  }
}

variable "bucket" {
  description = "The only bucket the role may use. An address such as s3://name; a bare name means S3."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^(s3://)?[a-z0-9][-.a-z0-9]{1,61}[a-z0-9]/?$", var.bucket))
    error_message = "bucket is s3://name or the name of an S3 bucket."
  }
}

variable "namespace" {
  description = "Namespace of the service account. Empty means the environment's own."
  type        = string
  default     = ""
  nullable    = false

  validation {
    condition     = can(regex("^$|^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$", var.namespace))
    error_message = "namespace is the name of a Kubernetes namespace, or empty."
  }
}

variable "service_account" {
  description = "The service account, in that namespace, that may assume the role."
  type        = string
  default     = "pinot"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$", var.service_account))
    error_message = "service_account is the name of a Kubernetes service account."
  }
}

variable "access" {
  description = "What the role may do with the objects in the bucket: read or read-write."
  type        = string
  default     = "read-write"
  nullable    = false

  validation {
    condition     = contains(["read", "read-write"], var.access)
    error_message = "access is read or read-write."
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
