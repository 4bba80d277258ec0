using System.Text.Json.Nodes;
using Fabric.Workflows.Clouds;

namespace Fabric.Tests.Clouds;

/// <summary>Accounts as rows.</summary>
internal static class SampleAccounts
{
    public static CloudAccount Row(string cloud, string account, JsonObject signIn, string name = "prod", string tenant = "sample", params string[] regions) => new()
    {
        Id = Guid.CreateVersion7(),
        Tenant = tenant,
        Name = name,
        Cloud = cloud,
        Account = account,
        SignIn = signIn,
        Regions = regions,
        CreatedAt = DateTimeOffset.UtcNow,
        UpdatedAt = DateTimeOffset.UtcNow,
    };

    public static CloudAccount AwsRole(string account, params string[] regions) => Row(
        "aws", account, new JsonObject { ["kind"] = "role", ["roleArn"] = $"arn:aws:iam::{account}:role/fabric", ["externalId"] = "fabric-0123456789abcdef" }, regions: regions);

    public static CloudAccount AwsKey(string account) => Row("aws", account, new JsonObject { ["kind"] = "access-key", ["accessKeyId"] = "AKIAIOSFODNN7EXAMPLE" });
}
