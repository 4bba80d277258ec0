using Amazon.EC2;
using Amazon.EC2.Model;
using Fabric.Workflows.Engine;

namespace Fabric.Workflows.Clouds.Aws;

/// <summary>Removes what was found in a VPC, of the kinds that <see cref="AwsNetwork"/> tells of.</summary>
internal sealed class AwsRemoval(AwsClients clients, AwsBalancers balancers)
{
    public async Task<Outcome<bool>> RemoveAsync(AwsKeys keys, string region, CloudResource resource, CancellationToken ct)
    {
        if (resource.Type is "aws_lb" or "aws_elb")
            return await balancers.RemoveAsync(keys, region, resource, ct);
        using var ec2 = clients.Ec2(keys, region);
        return Call(ec2, resource, ct) is { } call
            ? await AwsClients.AskAsync($"{resource.Id} in {region}", async () => await call() is not null, ct)
            : CloudFaults.NotRemoved(resource);
    }

    private static Func<Task<object>>? Call(AmazonEC2Client ec2, CloudResource resource, CancellationToken ct) => resource.Type switch
    {
        "aws_network_interface" => async () => await ec2.DeleteNetworkInterfaceAsync(new DeleteNetworkInterfaceRequest { NetworkInterfaceId = resource.Id }, ct),
        "aws_security_group" => async () => await ec2.DeleteSecurityGroupAsync(new DeleteSecurityGroupRequest { GroupId = resource.Id }, ct),
        "aws_subnet" => async () => await ec2.DeleteSubnetAsync(new DeleteSubnetRequest { SubnetId = resource.Id }, ct),
        "aws_nat_gateway" => async () => await ec2.DeleteNatGatewayAsync(new DeleteNatGatewayRequest { NatGatewayId = resource.Id }, ct),
        "aws_vpc_endpoint" => async () => await ec2.DeleteVpcEndpointsAsync(new DeleteVpcEndpointsRequest { VpcEndpointIds = [resource.Id] }, ct),
        _ => null,
    };
}
