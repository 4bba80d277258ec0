using System.Collections.Frozen;

namespace Fabric.Workflows.Clouds.Aws;

/// <summary>What Terraform calls what an ARN names, and what it imports it by.</summary>
internal static class AwsArns
{
    private enum By
    {
        Arn,
        Id,
        Last,
    }

    private static readonly FrozenDictionary<string, (string Type, By By)> Types = new Dictionary<string, (string, By)>
    {
        ["ec2/vpc"] = ("aws_vpc", By.Id),
        ["ec2/subnet"] = ("aws_subnet", By.Id),
        ["ec2/internet-gateway"] = ("aws_internet_gateway", By.Id),
        ["ec2/egress-only-internet-gateway"] = ("aws_egress_only_internet_gateway", By.Id),
        ["ec2/natgateway"] = ("aws_nat_gateway", By.Id),
        ["ec2/elastic-ip"] = ("aws_eip", By.Id),
        ["ec2/route-table"] = ("aws_route_table", By.Id),
        ["ec2/network-acl"] = ("aws_network_acl", By.Id),
        ["ec2/security-group"] = ("aws_security_group", By.Id),
        ["ec2/network-interface"] = ("aws_network_interface", By.Id),
        ["ec2/vpc-endpoint"] = ("aws_vpc_endpoint", By.Id),
        ["ec2/vpc-flow-log"] = ("aws_flow_log", By.Id),
        ["ec2/dhcp-options"] = ("aws_vpc_dhcp_options", By.Id),
        ["ec2/launch-template"] = ("aws_launch_template", By.Id),
        ["ec2/instance"] = ("aws_instance", By.Id),
        ["ec2/volume"] = ("aws_ebs_volume", By.Id),
        ["eks/cluster"] = ("aws_eks_cluster", By.Id),
        ["elasticloadbalancing/targetgroup"] = ("aws_lb_target_group", By.Arn),
        ["iam/role"] = ("aws_iam_role", By.Last),
        ["iam/instance-profile"] = ("aws_iam_instance_profile", By.Last),
        ["iam/policy"] = ("aws_iam_policy", By.Arn),
        ["iam/oidc-provider"] = ("aws_iam_openid_connect_provider", By.Arn),
        ["kms/key"] = ("aws_kms_key", By.Id),
        ["logs/log-group"] = ("aws_cloudwatch_log_group", By.Id),
        ["dynamodb/table"] = ("aws_dynamodb_table", By.Id),
        ["rds/db"] = ("aws_db_instance", By.Id),
        ["rds/cluster"] = ("aws_rds_cluster", By.Id),
        ["secretsmanager/secret"] = ("aws_secretsmanager_secret", By.Arn),
        ["codebuild/project"] = ("aws_codebuild_project", By.Arn),
    }.ToFrozenDictionary();

    /// <summary>The resource behind an ARN; one that Terraform's names are not known for keeps the ARN, and its service as type.</summary>
    public static CloudResource Read(string arn, IReadOnlyDictionary<string, string> tags)
    {
        var tagged = tags.GetValueOrDefault("Name", "");
        if (arn.Split(':', 6) is not ["arn", _, { Length: > 0 } service, _, _, { Length: > 0 } rest])
            return new CloudResource("aws", arn, tagged, tags);
        var (type, id) = Find(service, rest, arn);
        return new CloudResource(type, id, NameOf(type, id, rest) ?? tagged, tags);
    }

    /// <summary>The name that something has of its own, which is what Terraform planned it by; null for what is told apart by an id.</summary>
    private static string? NameOf(string type, string id, string rest) => type switch
    {
        "aws_eks_cluster" or "aws_s3_bucket" or "aws_iam_role" or "aws_iam_instance_profile" or "aws_cloudwatch_log_group" or "aws_dynamodb_table" or "aws_elb" => id,
        "aws_eks_node_group" or "aws_eks_addon" => id[(id.IndexOf(':') + 1)..],
        "aws_iam_policy" or "aws_codebuild_project" => id[(id.LastIndexOf('/') + 1)..],
        // The secret's name, a dash and six letters of AWS's own.
        "aws_secretsmanager_secret" when rest is [.., '-', _, _, _, _, _, _] => rest[(rest.IndexOf(':') + 1)..^7],
        "aws_lb" or "aws_lb_target_group" => rest.Split('/')[^2],
        _ => null,
    };

    private static (string Type, string Id) Find(string service, string rest, string arn)
    {
        var at = rest.AsSpan().IndexOfAny('/', ':');
        var (kind, id) = at < 0 ? ("", rest) : (rest[..at], rest[(at + 1)..]);
        return (service, kind, id.Split('/')) switch
        {
            ("s3", "", _) => ("aws_s3_bucket", rest),
            ("sns", "", _) => ("aws_sns_topic", arn),
            ("eks", "nodegroup", [var cluster, var group, ..]) => ("aws_eks_node_group", $"{cluster}:{group}"),
            ("eks", "addon", [var cluster, var addon, ..]) => ("aws_eks_addon", $"{cluster}:{addon}"),
            ("elasticloadbalancing", "loadbalancer", [_]) => ("aws_elb", id),
            ("elasticloadbalancing", "loadbalancer", _) => ("aws_lb", arn),
            _ when Types.TryGetValue($"{service}/{kind}", out var known) => (known.Type, Import(known.By, id, arn)),
            _ => (service, arn),
        };
    }

    private static string Import(By by, string id, string arn) => by switch
    {
        By.Arn => arn,
        By.Last => id[(id.LastIndexOf('/') + 1)..],
        // A group of logs ends in ":*" where all its streams are meant.
        _ => id.EndsWith(":*", StringComparison.Ordinal) ? id[..^2] : id,
    };
}
