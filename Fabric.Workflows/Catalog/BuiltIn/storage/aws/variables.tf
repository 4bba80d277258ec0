variable "storage_class" {
  description = "Frequent suits objects that are read again; infrequent costs less to keep and more to read."
  type        = string
  default     = "frequent"
  nullable    = false

  validation {
    condition     = contains(["frequent", "infrequent"], var.storage_class)
    error_message = "storage_class is frequent or infrequent."
  }
}

variable "versioning" {
  description = "Keep overwritten and deleted objects for a while."
  type        = bool
  default     = true
  nullable    = false
}

variable "noncurrent_days" {
  description = "Days that overwritten and deleted objects are kept, when versioning is on."
  type        = number
  default     = 7
  nullable    = false

  validation {
    condition     = var.noncurrent_days >= 1 && var.noncurrent_days <= 365 && floor(var.noncurrent_days) == var.noncurrent_days
    error_message = "noncurrent_days is a whole number from 1 to 365."
  }
}

variable "encryption_key" {
  description = "The customer's own key: its ARN. Empty means a key the cloud manages."
  type        = string
  default     = ""
  nullable    = false

  validation {
    condition     = can(regex("^$|^arn:[^:]+:kms:[^:]+:[0-9]{12}:(key|alias)/.+$", var.encryption_key))
    error_message = "encryption_key is the ARN of a KMS key, or empty."
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
