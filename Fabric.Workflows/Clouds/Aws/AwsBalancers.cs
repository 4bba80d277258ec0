using System.Xml.Linq;
using Fabric.Workflows.Engine;

namespace Fabric.Workflows.Clouds.Aws;

/// <summary>Load balancers of a VPC, of the newer kinds and the classic one; a cluster's controllers make them behind Terraform's back.</summary>
internal sealed class AwsBalancers(AwsRequests requests)
{
    private const string Service = "elasticloadbalancing";
    private const string Newer = "2015-12-01";
    private const string Classic = "2012-06-01";
    private const int TagsAtOnce = 20;

    public async Task<Outcome<IReadOnlyList<CloudResource>>> ListAsync(AwsKeys keys, string region, string vpc, CancellationToken ct)
    {
        var newer = await KindAsync(keys, region, new(Newer, "LoadBalancers", "NextMarker", "VpcId", "LoadBalancerArn", "ResourceArns.member", "ResourceArn", "aws_lb"), vpc, ct);
        if (!newer.Succeeded)
            return newer.Cast<IReadOnlyList<CloudResource>>();
        var classic = await KindAsync(
            keys, region, new(Classic, "LoadBalancerDescriptions", "NextMarker", "VPCId", "LoadBalancerName", "LoadBalancerNames.member", "LoadBalancerName", "aws_elb"), vpc, ct);
        return classic.Succeeded ? newer.Value.Concat(classic.Value).ToList() : classic.Cast<IReadOnlyList<CloudResource>>();
    }

    /// <summary>Removes one that was listed.</summary>
    public async Task<Outcome<bool>> RemoveAsync(AwsKeys keys, string region, CloudResource balancer, CancellationToken ct)
    {
        var (version, parameter) = balancer.Type == "aws_lb" ? (Newer, "LoadBalancerArn") : (Classic, "LoadBalancerName");
        var answer = await requests.QueryAsync(keys, Service, region, version, "DeleteLoadBalancer", [(parameter, balancer.Id)], ct);
        return answer.Succeeded ? true : answer.Cast<bool>();
    }

    private async Task<Outcome<List<CloudResource>>> KindAsync(AwsKeys keys, string region, Kind kind, string vpc, CancellationToken ct)
    {
        var all = new List<XElement>();
        var marker = "";
        do
        {
            var page = await requests.QueryAsync(keys, Service, region, kind.Version, "DescribeLoadBalancers", marker.Length > 0 ? [("Marker", marker)] : [], ct);
            if (!page.Succeeded)
                return page.Cast<List<CloudResource>>();
            all.AddRange(page.Value.Members(kind.List).Where(balancer => balancer.Text(kind.Vpc) == vpc));
            marker = page.Value.TextBelow(kind.Next);
        }
        while (marker.Length > 0);
        return await TaggedAsync(keys, region, kind, all, ct);
    }

    private async Task<Outcome<List<CloudResource>>> TaggedAsync(AwsKeys keys, string region, Kind kind, List<XElement> balancers, CancellationToken ct)
    {
        var found = new List<CloudResource>();
        foreach (var some in balancers.Chunk(TagsAtOnce))
        {
            var asked = some.Select((balancer, at) => ($"{kind.Ask}.{at + 1}", balancer.Text(kind.Id)));
            var answer = await requests.QueryAsync(keys, Service, region, kind.Version, "DescribeTags", asked, ct);
            if (!answer.Succeeded)
                return answer.Cast<List<CloudResource>>();
            var tags = answer.Value.Members("TagDescriptions").ToDictionary(described => described.Text(kind.Described), described => described.Tags());
            found.AddRange(some.Select(balancer => new CloudResource(
                kind.Type, balancer.Text(kind.Id), balancer.Text("LoadBalancerName"), tags.GetValueOrDefault(balancer.Text(kind.Id)) ?? [])));
        }

        return found;
    }

    /// <summary>How the two generations of the service differ.</summary>
    private sealed record Kind(string Version, string List, string Next, string Vpc, string Id, string Ask, string Described, string Type);
}
