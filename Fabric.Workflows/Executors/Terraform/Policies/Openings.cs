using static Fabric.Workflows.Executors.Terraform.Policies.Audience;

namespace Fabric.Workflows.Executors.Terraform.Policies;

/// <summary>What opens a resource to everybody, in the attributes that the three clouds' providers use for it.</summary>
internal static class Openings
{
    private const string In = "lets everybody in";
    private const string Balancer = "makes a load balancer public";
    private const string Bucket = "makes the bucket public";
    private const string Database = "makes the database public";
    private const string Kubernetes = "makes the Kubernetes API public";
    private const string Machine = "gives the machine a public address";
    private const string PublicAccess = "no longer keeps the public out";

    /// <summary>Every one of them.</summary>
    public static IReadOnlyList<Opening> All { get; } = [.. Aws(), .. Azure(), .. Google()];

    /// <summary>What keeps the public out as a resource of its own; it may go with what it guards, and not before.</summary>
    public static IReadOnlyList<(string Type, string Guarded, string What)> Guards { get; } =
    [
        ("aws_s3_bucket_public_access_block", "aws_s3_bucket", "the bucket could be made public"),
        ("aws_s3_account_public_access_block", "", "every bucket of the account could be made public"),
    ];

    // A network ACL has no memory: without a rule that lets answers in from everywhere nothing behind it reaches anything. It is no opening.
    private static IEnumerable<Opening> Aws() =>
    [
        new(["aws_security_group", "aws_default_security_group"], ["ingress[*].cidr_blocks[*]", "ingress[*].ipv6_cidr_blocks[*]"], Anyone, In),
        new(["aws_security_group_rule"], ["cidr_blocks[*]", "ipv6_cidr_blocks[*]"], Anyone, In) { Unless = [("type", "egress")] },
        new(["aws_vpc_security_group_ingress_rule"], ["cidr_ipv4", "cidr_ipv6"], Anyone, In),
        new(["aws_s3_bucket_public_access_block", "aws_s3_account_public_access_block"], ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"], Is("false"), PublicAccess) { WhenLeftOut = true },
        new(["aws_s3_bucket_acl", "aws_s3_bucket"], ["acl"], Is("public-read", "public-read-write", "authenticated-read"), Bucket),
        new(["aws_s3_bucket_acl"], ["access_control_policy[*].grant[*].grantee[*].uri"], Is("http://acs.amazonaws.com/groups/global/AllUsers", "http://acs.amazonaws.com/groups/global/AuthenticatedUsers"), Bucket),
        new(["aws_s3_bucket_policy", "aws_s3_bucket"], ["policy"], Policy, Bucket),
        new(["aws_sqs_queue_policy", "aws_sns_topic_policy", "aws_ecr_repository_policy", "aws_secretsmanager_secret_policy"], ["policy"], Policy, "lets everybody use it"),
        new(["aws_lb", "aws_alb", "aws_elb"], ["internal"], Is("false"), Balancer) { WhenLeftOut = true },
        new(["aws_eks_cluster"], ["vpc_config[*].endpoint_public_access"], Is("true"), Kubernetes) { WhenLeftOut = true },
        new(["aws_eks_cluster"], ["vpc_config[*].public_access_cidrs[*]"], Anyone, Kubernetes) { Unless = [("endpoint_public_access", "false")] },
        new(["aws_db_instance", "aws_rds_cluster_instance", "aws_neptune_cluster_instance", "aws_redshift_cluster", "aws_dms_replication_instance"], ["publicly_accessible"], Is("true"), Database),
        new(["aws_mq_broker"], ["publicly_accessible"], Is("true"), "makes the broker public"),
        new(["aws_instance"], ["associate_public_ip_address"], Is("true"), Machine),
        new(["aws_launch_template"], ["network_interfaces[*].associate_public_ip_address"], Is("true"), Machine),
        new(["aws_subnet"], ["map_public_ip_on_launch"], Is("true"), "gives every machine in it a public address"),
    ];

    private static IEnumerable<Opening> Azure() =>
    [
        new(["azurerm_network_security_rule"], ["source_address_prefix", "source_address_prefixes[*]"], Anyone, In) { Unless = [("direction", "Outbound"), ("access", "Deny")] },
        new(["azurerm_network_security_group"], ["security_rule[*].source_address_prefix", "security_rule[*].source_address_prefixes[*]"], Anyone, In) { Unless = [("direction", "Outbound"), ("access", "Deny")] },
        // With its keys switched off everybody who reaches an account has still to sign in, as with a bucket.
        new(["azurerm_storage_account"], ["public_network_access_enabled"], Is("true"), "lets everybody reach the account") { WhenLeftOut = true, Unless = [("network_rules[*].default_action", "Deny"), ("shared_access_key_enabled", "false")], UnlessBeside = ("azurerm_storage_account_network_rules", "default_action", "Deny") },
        new(["azurerm_storage_account_network_rules"], ["default_action"], Is("Allow"), "lets everybody reach the account"),
        new(["azurerm_storage_account"], ["allow_nested_items_to_be_public"], Is("true"), "lets containers be public") { WhenLeftOut = true },
        new(["azurerm_storage_container"], ["container_access_type"], Is("blob", "container"), "makes the container public"),
        new(["azurerm_kubernetes_cluster"], ["private_cluster_enabled"], Is("false"), Kubernetes) { WhenLeftOut = true },
        new(["azurerm_mssql_server", "azurerm_mariadb_server", "azurerm_mysql_server", "azurerm_postgresql_server"], ["public_network_access_enabled"], Is("true"), Database) { WhenLeftOut = true },
        new(["azurerm_cosmosdb_account"], ["public_network_access_enabled"], Is("true"), Database) { WhenLeftOut = true, Unless = [("ip_range_filter", "*"), ("ip_range_filter[*]", "*"), ("is_virtual_network_filter_enabled", "true")] },
        new(["azurerm_mysql_flexible_server", "azurerm_postgresql_flexible_server"], ["public_network_access_enabled"], Is("true"), Database) { WhenLeftOut = true, Unless = [("delegated_subnet_id", "*"), ("public_network_access", "Disabled")] },
        new(["azurerm_mysql_flexible_server"], ["public_network_access"], Is("Enabled"), Database),
        new(["azurerm_mssql_managed_instance"], ["public_data_endpoint_enabled"], Is("true"), Database),
        new(["azurerm_*_firewall_rule"], ["start_ip_address"], Is("0.0.0.0"), "lets in everybody, or every customer of Azure"),
        new(["azurerm_kubernetes_cluster"], ["default_node_pool[*].node_public_ip_enabled"], Is("true"), "gives nodes public addresses"),
        new(["azurerm_kubernetes_cluster_node_pool"], ["node_public_ip_enabled"], Is("true"), "gives nodes public addresses"),
    ];

    private static IEnumerable<Opening> Google() =>
    [
        new(["google_compute_firewall"], ["source_ranges[*]"], Anyone, In) { Unless = [("direction", "EGRESS"), ("deny[*].protocol", "*")] },
        new(["google_compute_instance", "google_compute_instance_template", "google_compute_region_instance_template"], ["network_interface[*].access_config[*]", "network_interface[*].ipv6_access_config[*]"], Present, Machine),
        new(["google_container_cluster"], ["private_cluster_config[*].enable_private_endpoint"], Is("false"), Kubernetes) { WhenLeftOut = true },
        new(["google_container_cluster"], ["private_cluster_config[*].enable_private_nodes"], Is("false"), "gives nodes public addresses") { WhenLeftOut = true },
        new(["google_container_node_pool"], ["network_config[*].enable_private_nodes"], Is("false"), "gives nodes public addresses"),
        new(["google_container_cluster"], ["master_authorized_networks_config[*].cidr_blocks[*].cidr_block"], Anyone, Kubernetes),
        new(["google_storage_bucket"], ["public_access_prevention"], Is("inherited"), "lets the bucket be public"),
        new(["google_storage_bucket_acl", "google_storage_default_object_acl"], ["predefined_acl"], Is("publicRead", "publicReadWrite", "authenticatedRead"), Bucket),
        new(["google_storage_bucket_acl", "google_storage_default_object_acl"], ["role_entity[*]"], Names, Bucket),
        new(["google_storage_bucket_access_control", "google_storage_default_object_access_control"], ["entity"], Anyone, Bucket),
        new(["google_*_iam_member"], ["member"], Anyone, "gives everybody the role"),
        new(["google_*_iam_binding"], ["members[*]"], Anyone, "gives everybody the role"),
        new(["google_*_iam_policy"], ["policy_data"], Names, "gives everybody a role"),
        new(["google_sql_database_instance"], ["settings[*].ip_configuration[*].ipv4_enabled"], Is("true"), Database) { WhenLeftOut = true },
        new(["google_sql_database_instance"], ["settings[*].ip_configuration[*].authorized_networks[*].value"], Anyone, Database),
    ];
}
