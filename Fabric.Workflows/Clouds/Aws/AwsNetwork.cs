using Amazon.EC2;
using Amazon.EC2.Model;
using Fabric.Workflows.Engine;

namespace Fabric.Workflows.Clouds.Aws;

/// <summary>What lives in a VPC and would keep it from being deleted. Every VPC's own default security group is left out.</summary>
internal sealed class AwsNetwork(AwsClients clients, AwsBalancers balancers)
{
    public async Task<Outcome<IReadOnlyList<CloudResource>>> ListAsync(AwsKeys keys, string region, string vpc, CancellationToken ct)
    {
        using var ec2 = clients.Ec2(keys, region);
        var found = new List<CloudResource>();
        foreach (var kind in new[] { InterfacesAsync, GroupsAsync, SubnetsAsync, GatewaysAsync, EndpointsAsync })
        {
            var some = await AwsClients.AskAsync($"EC2 in {region}", () => kind(ec2, vpc, ct), ct);
            if (!some.Succeeded)
                return some.Cast<IReadOnlyList<CloudResource>>();
            found.AddRange(some.Value);
        }

        var balancing = await balancers.ListAsync(keys, region, vpc, ct);
        return balancing.Succeeded ? balancing.Value.Concat(found).ToList() : balancing;
    }

    private static List<Filter> In(string vpc, string name = "vpc-id") => [new Filter { Name = name, Values = [vpc] }];

    private static async Task<List<CloudResource>> InterfacesAsync(AmazonEC2Client ec2, string vpc, CancellationToken ct)
    {
        var found = new List<CloudResource>();
        await foreach (var one in ec2.Paginators.DescribeNetworkInterfaces(new DescribeNetworkInterfacesRequest { Filters = In(vpc) }).NetworkInterfaces.WithCancellation(ct))
            found.Add(Of("aws_network_interface", one.NetworkInterfaceId, one.TagSet, one.Description));
        return found;
    }

    private static async Task<List<CloudResource>> GroupsAsync(AmazonEC2Client ec2, string vpc, CancellationToken ct)
    {
        var found = new List<CloudResource>();
        await foreach (var one in ec2.Paginators.DescribeSecurityGroups(new DescribeSecurityGroupsRequest { Filters = In(vpc) }).SecurityGroups.WithCancellation(ct))
        {
            if (one.GroupName != "default")
                found.Add(Of("aws_security_group", one.GroupId, one.Tags, one.GroupName));
        }

        return found;
    }

    private static async Task<List<CloudResource>> SubnetsAsync(AmazonEC2Client ec2, string vpc, CancellationToken ct)
    {
        var found = new List<CloudResource>();
        await foreach (var one in ec2.Paginators.DescribeSubnets(new DescribeSubnetsRequest { Filters = In(vpc) }).Subnets.WithCancellation(ct))
            found.Add(Of("aws_subnet", one.SubnetId, one.Tags));
        return found;
    }

    private static async Task<List<CloudResource>> GatewaysAsync(AmazonEC2Client ec2, string vpc, CancellationToken ct)
    {
        var found = new List<CloudResource>();
        await foreach (var one in ec2.Paginators.DescribeNatGateways(new DescribeNatGatewaysRequest { Filter = In(vpc) }).NatGateways.WithCancellation(ct))
        {
            // AWS tells of deleted ones for an hour.
            if (one.State != NatGatewayState.Deleted)
                found.Add(Of("aws_nat_gateway", one.NatGatewayId, one.Tags));
        }

        return found;
    }

    private static async Task<List<CloudResource>> EndpointsAsync(AmazonEC2Client ec2, string vpc, CancellationToken ct)
    {
        var found = new List<CloudResource>();
        await foreach (var one in ec2.Paginators.DescribeVpcEndpoints(new DescribeVpcEndpointsRequest { Filters = In(vpc) }).VpcEndpoints.WithCancellation(ct))
        {
            if (!string.Equals(one.State?.Value, "deleted", StringComparison.OrdinalIgnoreCase))
                found.Add(Of("aws_vpc_endpoint", one.VpcEndpointId, one.Tags));
        }

        return found;
    }

    private static CloudResource Of(string type, string id, List<Tag>? tags, string? otherwise = null)
    {
        var read = (tags ?? []).ToDictionary(tag => tag.Key, tag => tag.Value ?? "");
        return new CloudResource(type, id, read.GetValueOrDefault("Name", otherwise ?? ""), read);
    }
}
