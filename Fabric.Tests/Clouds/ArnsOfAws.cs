using Fabric.Workflows.Clouds.Aws;

namespace Fabric.Tests.Clouds;

/// <summary>What Terraform calls what an ARN names, and what it imports it by.</summary>
public sealed class ArnsOfAws
{
    [Theory]
    [InlineData("arn:aws:ec2:eu-central-1:1:vpc/vpc-1", "aws_vpc", "vpc-1")]
    [InlineData("arn:aws:ec2:eu-central-1:1:subnet/subnet-1", "aws_subnet", "subnet-1")]
    [InlineData("arn:aws:ec2:eu-central-1:1:internet-gateway/igw-1", "aws_internet_gateway", "igw-1")]
    [InlineData("arn:aws:ec2:eu-central-1:1:natgateway/nat-1", "aws_nat_gateway", "nat-1")]
    [InlineData("arn:aws:ec2:eu-central-1:1:elastic-ip/eipalloc-1", "aws_eip", "eipalloc-1")]
    [InlineData("arn:aws:ec2:eu-central-1:1:route-table/rtb-1", "aws_route_table", "rtb-1")]
    [InlineData("arn:aws:ec2:eu-central-1:1:security-group/sg-1", "aws_security_group", "sg-1")]
    [InlineData("arn:aws:ec2:eu-central-1:1:launch-template/lt-1", "aws_launch_template", "lt-1")]
    [InlineData("arn:aws:eks:eu-central-1:1:cluster/pinot", "aws_eks_cluster", "pinot")]
    [InlineData("arn:aws:eks:eu-central-1:1:nodegroup/pinot/workers/5ac8-aa", "aws_eks_node_group", "pinot:workers")]
    [InlineData("arn:aws:eks:eu-central-1:1:addon/pinot/vpc-cni/5ac8-aa", "aws_eks_addon", "pinot:vpc-cni")]
    [InlineData("arn:aws:s3:::pinot-segments", "aws_s3_bucket", "pinot-segments")]
    [InlineData("arn:aws:iam::1:role/made/workers", "aws_iam_role", "workers")]
    [InlineData("arn:aws:iam::1:oidc-provider/oidc.eks.eu-central-1.amazonaws.com/id/AB", "aws_iam_openid_connect_provider", "arn:aws:iam::1:oidc-provider/oidc.eks.eu-central-1.amazonaws.com/id/AB")]
    [InlineData("arn:aws:kms:eu-central-1:1:key/3f0c", "aws_kms_key", "3f0c")]
    [InlineData("arn:aws:logs:eu-central-1:1:log-group:/aws/eks/pinot/cluster", "aws_cloudwatch_log_group", "/aws/eks/pinot/cluster")]
    [InlineData("arn:aws:logs:eu-central-1:1:log-group:/aws/eks/pinot/cluster:*", "aws_cloudwatch_log_group", "/aws/eks/pinot/cluster")]
    [InlineData("arn:aws:elasticloadbalancing:eu-central-1:1:loadbalancer/net/front/50dc", "aws_lb", "arn:aws:elasticloadbalancing:eu-central-1:1:loadbalancer/net/front/50dc")]
    [InlineData("arn:aws:elasticloadbalancing:eu-central-1:1:loadbalancer/old", "aws_elb", "old")]
    [InlineData("arn:aws-cn:ec2:cn-north-1:1:vpc/vpc-2", "aws_vpc", "vpc-2")]
    [InlineData("arn:aws:codebuild:eu-central-1:1:project/pinot-agent", "aws_codebuild_project", "arn:aws:codebuild:eu-central-1:1:project/pinot-agent")]
    [InlineData("arn:aws:secretsmanager:eu-central-1:1:secret:pinot-agent-AbCdEf", "aws_secretsmanager_secret", "arn:aws:secretsmanager:eu-central-1:1:secret:pinot-agent-AbCdEf")]
    [InlineData("arn:aws:braket:eu-central-1:1:job/1", "braket", "arn:aws:braket:eu-central-1:1:job/1")]
    [InlineData("nothing", "aws", "nothing")]
    public void Reads_as_Terraform_does(string arn, string type, string id)
    {
        var found = AwsArns.Read(arn, new Dictionary<string, string> { ["Name"] = "main" });
        Assert.Equal((type, id), (found.Type, found.Id));
    }

    [Theory]
    [InlineData("arn:aws:ec2:eu-central-1:1:vpc/vpc-1", "main")]
    [InlineData("arn:aws:eks:eu-central-1:1:cluster/pinot", "pinot")]
    [InlineData("arn:aws:eks:eu-central-1:1:nodegroup/pinot/workers/5ac8-aa", "workers")]
    [InlineData("arn:aws:s3:::pinot-segments", "pinot-segments")]
    [InlineData("arn:aws:iam::1:role/made/workers", "workers")]
    [InlineData("arn:aws:iam::1:policy/made/reads", "reads")]
    [InlineData("arn:aws:elasticloadbalancing:eu-central-1:1:loadbalancer/net/front/50dc", "front")]
    [InlineData("arn:aws:elasticloadbalancing:eu-central-1:1:targetgroup/back/50dc", "back")]
    [InlineData("arn:aws:codebuild:eu-central-1:1:project/pinot-agent", "pinot-agent")]
    [InlineData("arn:aws:secretsmanager:eu-central-1:1:secret:pinot-agent-AbCdEf", "pinot-agent")]
    [InlineData("nothing", "main")]
    public void What_has_a_name_of_its_own_goes_by_it(string arn, string name) =>
        Assert.Equal(name, AwsArns.Read(arn, new Dictionary<string, string> { ["Name"] = "main" }).Name);
}
