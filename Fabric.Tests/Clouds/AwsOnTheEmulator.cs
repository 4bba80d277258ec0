using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.Runtime;
using Fabric.Tests.Terraform;
using Fabric.Workflows.Clouds;
using Tag = Amazon.EC2.Model.Tag;

namespace Fabric.Tests.Clouds;

/// <summary>Sessions and lookups against an emulator of AWS.</summary>
[Collection(MotoCollection.Name)]
public sealed class AwsOnTheEmulator(Moto moto)
{
    private const string Region = "eu-central-1";
    private static readonly Dictionary<string, string> Wanted = new() { ["fabric:environment"] = "env-1", ["fabric:node"] = "network" };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_role_gives_a_session_of_its_account_for_an_hour()
    {
        await moto.NeedAsync(Stop);
        var account = Moto.NewAccount();
        var session = (await moto.Aws.OpenAsync(new OpenedAccount(SampleAccounts.AwsRole(account), null), Region, "fabric-apply", Stop)).Value;
        Assert.Equal(account, session.Account);
        Assert.Equal(Region, session.Variables["AWS_REGION"]);
        Assert.Equal(moto.Options.Endpoint, session.Variables["AWS_ENDPOINT_URL"]);
        Assert.Equal([session.Variables["AWS_SECRET_ACCESS_KEY"], session.Variables["AWS_SESSION_TOKEN"]], session.Secrets);
        Assert.InRange(session.ExpiresAt!.Value - DateTimeOffset.UtcNow, TimeSpan.FromMinutes(50), TimeSpan.FromMinutes(61));
    }

    [Fact]
    public async Task An_access_key_of_another_account_is_refused()
    {
        await moto.NeedAsync(Stop);
        var right = await moto.Aws.OpenAsync(new OpenedAccount(SampleAccounts.AwsKey(Moto.OwnAccount), "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY"), Region, "x", Stop);
        Assert.Null(right.Value.ExpiresAt);
        Assert.Equal(["wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY"], right.Value.Secrets);
        var wrong = await moto.Aws.OpenAsync(new OpenedAccount(SampleAccounts.AwsKey("210987654321"), "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY"), Region, "x", Stop);
        Assert.Contains(Moto.OwnAccount, wrong.Faults[0].Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wJalr", wrong.Faults[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_carries_all_tags_is_found_by_what_Terraform_imports()
    {
        await moto.NeedAsync(Stop);
        var session = await SessionAsync(Moto.NewAccount());
        using var ec2 = Ec2(session);
        var vpc = (await ec2.CreateVpcAsync(new CreateVpcRequest { CidrBlock = "10.0.0.0/16", TagSpecifications = Tagged(ResourceType.Vpc) }, Stop)).Vpc.VpcId;
        var subnet = (await ec2.CreateSubnetAsync(new CreateSubnetRequest { VpcId = vpc, CidrBlock = "10.0.0.0/24", TagSpecifications = Tagged(ResourceType.Subnet) }, Stop)).Subnet.SubnetId;
        await ec2.CreateVpcAsync(new CreateVpcRequest { CidrBlock = "10.1.0.0/16" }, Stop);
        await MakeRoleAsync(session, "workers", Wanted);
        await MakeRoleAsync(session, "others", new Dictionary<string, string> { ["fabric:environment"] = "env-2" });

        var found = await moto.Aws.FindAsync(session, Region, Wanted, Stop);

        Assert.Equal([("aws_iam_role", "workers"), ("aws_subnet", subnet), ("aws_vpc", vpc)], found.Value.Select(one => (one.Type, one.Id)).Order());
        Assert.Equal("main", found.Value.Single(one => one.Id == vpc).Name);
        Assert.Empty((await moto.Aws.FindAsync(session, "us-east-2", new Dictionary<string, string> { ["fabric:environment"] = "env-9" }, Stop)).Value);
    }

    [Fact]
    public async Task What_lives_in_a_network_is_listed_without_its_default_group()
    {
        await moto.NeedAsync(Stop);
        var session = await SessionAsync(Moto.NewAccount());
        using var ec2 = Ec2(session);
        var vpc = (await ec2.CreateVpcAsync(new CreateVpcRequest { CidrBlock = "10.0.0.0/16" }, Stop)).Vpc.VpcId;
        var subnet = (await ec2.CreateSubnetAsync(new CreateSubnetRequest { VpcId = vpc, CidrBlock = "10.0.0.0/24" }, Stop)).Subnet.SubnetId;
        var group = (await ec2.CreateSecurityGroupAsync(new CreateSecurityGroupRequest { VpcId = vpc, GroupName = "workers", Description = "x" }, Stop)).GroupId;
        var card = (await ec2.CreateNetworkInterfaceAsync(new CreateNetworkInterfaceRequest { SubnetId = subnet, Groups = [group] }, Stop)).NetworkInterface.NetworkInterfaceId;
        await moto.CallAsync(session, "elasticloadbalancing", Region, "2015-12-01", "CreateLoadBalancer", Stop,
            ("Name", "front"), ("Subnets.member.1", subnet), ("Type", "network"), ("Tags.member.1.Key", "kubernetes.io/service-name"), ("Tags.member.1.Value", "pinot/broker"));
        await moto.CallAsync(session, "elasticloadbalancing", Region, "2012-06-01", "CreateLoadBalancer", Stop,
            ("LoadBalancerName", "old"), ("Subnets.member.1", subnet), ("Listeners.member.1.Protocol", "tcp"), ("Listeners.member.1.LoadBalancerPort", "80"), ("Listeners.member.1.InstancePort", "80"));

        var found = (await moto.Aws.InNetworkAsync(session, Region, vpc, Stop)).Value;

        Assert.Contains(found, one => one.Type == "aws_lb" && one.Name == "front" && one.Tags["kubernetes.io/service-name"] == "pinot/broker");
        Assert.Contains(found, one => one is { Type: "aws_elb", Id: "old" });
        Assert.Contains(found, one => one.Type == "aws_subnet" && one.Id == subnet);
        Assert.Contains(found, one => one.Type == "aws_network_interface" && one.Id == card);
        Assert.Equal([group], found.Where(one => one is { Type: "aws_security_group", Name: not "old" } && one.Name == "workers").Select(one => one.Id));
        Assert.DoesNotContain(found, one => one is { Type: "aws_security_group", Name: "default" });
        Assert.Empty((await moto.Aws.InNetworkAsync(session, Region, "vpc-00000000", Stop)).Value);

        foreach (var resource in found)
        {
            var removed = await moto.Aws.RemoveAsync(session, Region, resource, Stop);
            Assert.True(removed.Succeeded || resource.Type is "aws_network_interface", $"{resource}: {(removed.Succeeded ? "" : removed.Faults[0].Message)}");
        }

        Assert.DoesNotContain((await moto.Aws.InNetworkAsync(session, Region, vpc, Stop)).Value, one => one.Type is "aws_lb" or "aws_elb" || one.Id == subnet || one.Id == group || one.Id == card);
        Assert.Equal("NotRemoved", (await moto.Aws.RemoveAsync(session, Region, new CloudResource("aws_vpc", vpc, "", Wanted), Stop)).Faults[0].Code);
    }

    [Fact]
    public async Task Preflight_says_of_each_thing_whether_it_was_checked()
    {
        await moto.NeedAsync(Stop);
        var rows = await moto.Aws.PreflightAsync(new OpenedAccount(SampleAccounts.AwsRole(Moto.NewAccount(), "xx-nowhere-1", Region), null), Stop);
        var text = string.Join('\n', rows);
        Assert.True(rows.Single(row => row.Name == "Account").Result is CheckResult.Passed, text);
        Assert.True(rows.Single(row => row.Name == $"Region {Region}").Result is CheckResult.Passed, text);
        Assert.True(rows.Single(row => row.Name == "Region xx-nowhere-1").Result is CheckResult.Failed, text);
        Assert.True(rows.Single(row => row.Name == "Make networks").Result is not CheckResult.Failed, text);
        Assert.True(rows.Single(row => row.Name == $"Networks in {Region}").Result is CheckResult.Passed, text);
        Assert.All(rows, row => Assert.True(row.Result is CheckResult.Failed == row.Advice.Length > 0 || row.Result is CheckResult.NotChecked, row.ToString()));
        // The one that every account of the emulator starts with: the dry run left nothing behind.
        Assert.StartsWith("1 of ", rows.Single(row => row.Name == $"Networks in {Region}").Sentence, StringComparison.Ordinal);
    }

    private static List<TagSpecification> Tagged(ResourceType type) =>
        [new TagSpecification { ResourceType = type, Tags = [.. Wanted.Append(new("Name", "main")).Select(tag => new Tag(tag.Key, tag.Value))] }];

    private async Task<CloudSession> SessionAsync(string account) =>
        (await moto.Aws.OpenAsync(new OpenedAccount(SampleAccounts.AwsRole(account), null), Region, "fabric-test", Stop)).Value;

    private AmazonEC2Client Ec2(CloudSession session) => new(
        new SessionAWSCredentials(session.Variables["AWS_ACCESS_KEY_ID"], session.Variables["AWS_SECRET_ACCESS_KEY"], session.Variables["AWS_SESSION_TOKEN"]),
        new AmazonEC2Config { ServiceURL = moto.Options.Endpoint, AuthenticationRegion = Region });

    private async Task MakeRoleAsync(CloudSession session, string name, IReadOnlyDictionary<string, string> tags)
    {
        var parameters = tags.SelectMany((tag, at) => new[] { ($"Tags.member.{at + 1}.Key", tag.Key), ($"Tags.member.{at + 1}.Value", tag.Value) });
        await moto.CallAsync(session, "iam", Region, "2010-05-08", "CreateRole", Stop, [("RoleName", name), ("Path", "/made/"), ("AssumeRolePolicyDocument", """{"Version":"2012-10-17","Statement":[]}"""), .. parameters]);
    }
}
