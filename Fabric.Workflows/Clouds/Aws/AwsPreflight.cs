using Amazon.EC2.Model;
using Fabric.Workflows.Engine;
using Microsoft.Extensions.Options;

namespace Fabric.Workflows.Clouds.Aws;

/// <summary>Looks whether environments can be made in an account: who Fabric is there, its regions, permissions and quotas.</summary>
internal sealed class AwsPreflight(IOptions<AwsOptions> options, AwsSessions sessions, AwsClients clients, AwsPermissions permissions, AwsQuotas quotas)
{
    private const string Purpose = "fabric-preflight";

    public async Task<IReadOnlyList<PreflightCheck>> RunAsync(OpenedAccount account, CancellationToken ct)
    {
        var regions = account.Row.Regions;
        // A region that is entered wrongly must not look like a sign-in that is.
        var home = regions.Count > 0 ? AwsRegions.OfIam(regions[0]) : options.Value.Region;
        var opened = await sessions.OpenAsync(account, home, Purpose, ct);
        if (!opened.Succeeded)
            return PreflightCheck.NotSignedIn(opened.Faults[0], "Regions", "Permissions", "Quotas");
        var keys = AwsKeys.Of(opened.Value);
        var rows = new List<PreflightCheck>
        {
            PreflightCheck.Passed("Sign-in", account.Kind == AwsSignIns.Role
                ? $"Fabric assumed {account[AwsSignIns.RoleArn]} for {options.Value.SessionMinutes} minutes."
                : $"AWS knows the access key {account[AwsSignIns.AccessKeyId]}."),
            PreflightCheck.Passed("Account", $"It is AWS account {opened.Value.Account}, as entered."),
        };
        rows.AddRange(await RegionsAsync(keys, home, regions, ct));
        var usable = rows.Where(row => row.Name.StartsWith("Region ", StringComparison.Ordinal) && row.Result is CheckResult.Passed).Select(row => row.Name["Region ".Length..]).ToList();
        rows.AddRange(await permissions.CheckAsync(keys, account, usable.FirstOrDefault(home), ct));
        rows.AddRange((await Task.WhenAll(usable.DefaultIfEmpty(home).Select(region => quotas.CheckAsync(keys, region, ct)))).SelectMany(some => some));
        return rows;
    }

    private async Task<IReadOnlyList<PreflightCheck>> RegionsAsync(AwsKeys keys, string home, IReadOnlyList<string> regions, CancellationToken ct)
    {
        if (regions.Count == 0)
            return [PreflightCheck.NotChecked("Regions", "Environments may be made in any region, so none was looked at.", "Name the regions to have them checked.")];
        using var ec2 = clients.Ec2(keys, home);
        var answer = await AwsClients.AskAsync($"EC2 in {home}", () => ec2.DescribeRegionsAsync(new DescribeRegionsRequest { AllRegions = true }, ct), ct);
        if (!answer.Succeeded)
            return [PreflightCheck.NotChecked("Regions", answer.Faults[0].Message)];
        var known = (answer.Value.Regions ?? []).ToDictionary(region => region.RegionName, region => region.OptInStatus ?? "");
        return [.. regions.Select(region => Region(region, known.GetValueOrDefault(region)))];
    }

    private static PreflightCheck Region(string region, string? status) => status switch
    {
        null => PreflightCheck.Failed($"Region {region}", "AWS has no such region for this account.", "Take the region out, or correct its name."),
        "not-opted-in" => PreflightCheck.Failed($"Region {region}", "It is not enabled in this account.", "Enable it in the account's settings (AWS Regions), or take it out."),
        _ => PreflightCheck.Passed($"Region {region}", "It is enabled."),
    };
}
