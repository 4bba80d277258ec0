using System.Text.RegularExpressions;
using Fabric.Workflows.Runs;

namespace Fabric.Workflows.Executors.Terraform.Policies;

/// <summary>Finds what opens a resource to everybody, in the attributes that the three clouds' providers use for it.</summary>
internal static class Exposure
{
    private static readonly string[] Everywhere = ["0.0.0.0/0", "::/0", "*", "Internet", "allUsers", "allAuthenticatedUsers"];

    private static readonly (string Type, Regex Path, string[] Values, string What)[] Openings =
    [
        Opening("aws_security_group", @"ingress\[\d+\]\.(ipv6_)?cidr_blocks\[\d+\]", Everywhere, "lets everybody in"),
        Opening("aws_vpc_security_group_ingress_rule", "cidr_ipv[46]", Everywhere, "lets everybody in"),
        Opening("aws_s3_bucket_public_access_block", "(block|ignore|restrict)_.*", ["false"], "no longer keeps the public out of the bucket"),
        Opening("aws_s3_bucket_acl", "acl", ["public-read", "public-read-write", "authenticated-read"], "makes the bucket public"),
        Opening("aws_eks_cluster", @"vpc_config\[0\]\.public_access_cidrs\[\d+\]", Everywhere, "makes the Kubernetes API public"),
        Opening("aws_eks_cluster", @"vpc_config\[0\]\.endpoint_public_access", ["true"], "makes the Kubernetes API public"),
        Opening("aws_db_instance", "publicly_accessible", ["true"], "makes the database public"),
        Opening("aws_rds_cluster_instance", "publicly_accessible", ["true"], "makes the database public"),
        Opening("aws_instance", "associate_public_ip_address", ["true"], "gives the machine a public address"),
        Opening("aws_subnet", "map_public_ip_on_launch", ["true"], "gives every machine in it a public address"),
        Opening("aws_lb", "internal", ["false"], "makes a load balancer public"),
        Opening("azurerm_network_security_rule", "source_address_prefix", Everywhere, "lets everybody in"),
        Opening("azurerm_storage_account", "allow_nested_items_to_be_public", ["true"], "lets containers be public"),
        Opening("azurerm_storage_container", "container_access_type", ["blob", "container"], "makes the container public"),
        Opening("azurerm_kubernetes_cluster", "private_cluster_enabled", ["false"], "makes the Kubernetes API public"),
        Opening("google_compute_firewall", @"source_ranges\[\d+\]", Everywhere, "lets everybody in"),
        Opening("google_storage_bucket", "public_access_prevention", ["inherited"], "lets the bucket be public"),
        Opening("google_storage_bucket_iam_member", "member", Everywhere, "makes the bucket public"),
        Opening("google_storage_bucket_iam_binding", @"members\[\d+\]", Everywhere, "makes the bucket public"),
        Opening("google_container_cluster", @"private_cluster_config\[0\]\.enable_private_endpoint", ["false"], "makes the Kubernetes API public"),
    ];

    /// <summary>What a change opens, as sentences; empty when it opens nothing.</summary>
    public static IEnumerable<string> Of(ResourceChange resource)
    {
        if (resource.Action is PlanAction.Delete)
            return [];
        return Openings.Where(opening => opening.Type == resource.Type)
            .SelectMany(opening => resource.Changes.Where(change => opening.Path.IsMatch(change.Path) && opening.Values.Contains(Text(change))).Select(change => $"{resource.Address} {opening.What}: {change.Path} is {Text(change)}."))
            .Distinct();
    }

    private static string? Text(FieldChange change) => change.After?.GetValueKind() switch
    {
        System.Text.Json.JsonValueKind.True => "true",
        System.Text.Json.JsonValueKind.False => "false",
        null => null,
        _ => change.After.ToString(),
    };

    private static (string Type, Regex Path, string[] Values, string What) Opening(string type, string path, string[] values, string what) =>
        (type, new Regex($"^{path}$", RegexOptions.CultureInvariant), values, what);
}
