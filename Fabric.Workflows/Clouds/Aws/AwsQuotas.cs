using System.Text.Json.Nodes;
using Amazon.EC2.Model;

namespace Fabric.Workflows.Clouds.Aws;

/// <summary>Whether one more network fits. Where AWS does not tell the account's own limit, the one that every account starts with is taken.</summary>
internal sealed class AwsQuotas(AwsClients clients, AwsRequests requests)
{
    private const int UsualNetworks = 5;
    private const int UsualAddresses = 5;

    public async Task<IReadOnlyList<PreflightCheck>> CheckAsync(AwsKeys keys, string region, CancellationToken ct)
    {
        using var ec2 = clients.Ec2(keys, region);
        return
        [
            await CheckAsync(keys, region, new("Networks", "VPCs", "vpc", "L-F678F1CE", UsualNetworks), async () => (await ec2.DescribeVpcsAsync(new DescribeVpcsRequest(), ct)).Vpcs?.Count ?? 0, ct),
            await CheckAsync(keys, region, new("Addresses", "elastic IPs", "ec2", "L-0263D0A3", UsualAddresses), async () => (await ec2.DescribeAddressesAsync(new DescribeAddressesRequest(), ct)).Addresses?.Count ?? 0, ct),
        ];
    }

    private async Task<PreflightCheck> CheckAsync(AwsKeys keys, string region, Quota quota, Func<Task<int>> count, CancellationToken ct)
    {
        var name = $"{quota.Name} in {region}";
        var used = await AwsClients.AskAsync($"EC2 in {region}", count, ct);
        if (!used.Succeeded)
            return PreflightCheck.NotChecked(name, used.Faults[0].Message);
        var (limit, told) = await LimitAsync(keys, region, quota, ct);
        var sentence = $"{used.Value} of {limit} {quota.What} are used{(told ? "" : "; the limit is the one accounts start with, for AWS did not tell this account's")}.";
        return used.Value < limit ? PreflightCheck.Passed(name, sentence)
            : told ? PreflightCheck.Failed(name, sentence, $"Free one, or ask AWS for a higher quota of {quota.What} in {region}.")
            : PreflightCheck.NotChecked(name, sentence, $"Look at the quota of {quota.What} in {region}.");
    }

    private async Task<(int Limit, bool Told)> LimitAsync(AwsKeys keys, string region, Quota quota, CancellationToken ct)
    {
        var body = new JsonObject { ["ServiceCode"] = quota.Service, ["QuotaCode"] = quota.Code };
        var answer = await requests.JsonAsync(keys, "servicequotas", region, "ServiceQuotasV20190624.GetServiceQuota", body, ct);
        return answer.Succeeded && answer.Value["Quota"]?["Value"] is JsonValue value && value.TryGetValue<double>(out var limit) ? ((int)limit, true) : (quota.Usual, false);
    }

    private sealed record Quota(string Name, string What, string Service, string Code, int Usual);
}
