using System.Text.RegularExpressions;
using Amazon;

namespace Fabric.Workflows.Clouds.Aws;

/// <summary>Names of regions and addresses of services. A region stands in host names, so nothing else passes for one.</summary>
internal static partial class AwsRegions
{
    public static bool IsRegion(string? region) => region is not null && Pattern().IsMatch(region);

    /// <summary>The partition that a region belongs to: <c>aws</c>, <c>aws-cn</c>, <c>aws-us-gov</c> …</summary>
    public static string Partition(string region) => RegionEndpoint.GetBySystemName(region).PartitionName;

    /// <summary>The one region that a partition's IAM answers for.</summary>
    public static string OfIam(string region) => Partition(region) switch
    {
        "aws-cn" => "cn-north-1",
        "aws-us-gov" => "us-gov-west-1",
        _ => "us-east-1",
    };

    /// <summary>Where a service of a region is.</summary>
    public static Uri Address(string service, string region)
    {
        var suffix = RegionEndpoint.GetBySystemName(region).PartitionDnsSuffix;
        return new Uri((service, Partition(region)) switch
        {
            ("iam", "aws") => "https://iam.amazonaws.com/",
            ("iam", "aws-us-gov") => $"https://iam.us-gov.{suffix}/",
            ("iam", _) => $"https://iam.{OfIam(region)}.{suffix}/",
            _ => $"https://{service}.{region}.{suffix}/",
        });
    }

    [GeneratedRegex(@"^[a-z]{2}(-[a-z]{2,12}){1,3}-\d\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
