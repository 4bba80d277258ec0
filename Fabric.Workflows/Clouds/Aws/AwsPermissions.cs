using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.Runtime;
using Fabric.Workflows.Engine;

namespace Fabric.Workflows.Clouds.Aws;

/// <summary>What the session may do, found without doing it: EC2's own dry runs, and IAM's simulator where the session may ask it.</summary>
internal sealed class AwsPermissions(AwsClients clients, AwsRequests requests)
{
    private const string Allowed = "DryRunOperation";
    private const string Advice = "Bring the policies of what Fabric signs in as up to date with the account's set-up, then check again.";

    // One of each service that the built-in types use; each is needed from the first run on.
    private static readonly string[] Simulated =
    [
        "ec2:CreateSubnet", "ec2:CreateNatGateway", "ec2:CreateSecurityGroup", "eks:CreateCluster", "eks:CreateNodegroup", "iam:CreateRole", "iam:PassRole",
        "iam:CreateOpenIDConnectProvider", "s3:CreateBucket", "tag:GetResources", "iam:GetAccountAuthorizationDetails", "elasticloadbalancing:DescribeLoadBalancers",
        "secretsmanager:PutSecretValue", "codebuild:StartBuild",
    ];

    public async Task<IReadOnlyList<PreflightCheck>> CheckAsync(AwsKeys keys, OpenedAccount account, string region, CancellationToken ct)
    {
        using var ec2 = clients.Ec2(keys, region);
        return
        [
            await DryRunAsync("Make networks", () => TryNetworkAsync(ec2, ct), region, ct),
            await DryRunAsync("Make gateways", () => ec2.CreateInternetGatewayAsync(new CreateInternetGatewayRequest { DryRun = true }, ct), region, ct),
            await DryRunAsync("Take addresses", () => ec2.AllocateAddressAsync(new AllocateAddressRequest { Domain = DomainType.Vpc, DryRun = true }, ct), region, ct),
            await SimulateAsync(keys, account, region, ct),
        ];
    }

    /// <summary>Emulators may carry this one out all the same; what they made is taken back.</summary>
    private static async Task TryNetworkAsync(AmazonEC2Client ec2, CancellationToken ct)
    {
        var answer = await ec2.CreateVpcAsync(new CreateVpcRequest { CidrBlock = "10.0.0.0/16", DryRun = true }, ct);
        if (answer.Vpc?.VpcId is { Length: > 0 } made)
            await ec2.DeleteVpcAsync(new DeleteVpcRequest(made), ct);
    }

    private static async Task<PreflightCheck> DryRunAsync(string name, Func<Task> call, string region, CancellationToken ct)
    {
        try
        {
            await call();
            // A service that knows no dry run answers as if it had carried it out; nothing can be said of the permission then.
            return PreflightCheck.NotChecked(name, $"EC2 in {region} knows no dry run.");
        }
        catch (AmazonServiceException e) when (e.ErrorCode == Allowed)
        {
            return PreflightCheck.Passed(name, $"A dry run in {region} was allowed.");
        }
        catch (AmazonServiceException e) when (AwsFaults.IsDenial(e.ErrorCode))
        {
            return PreflightCheck.Failed(name, $"A dry run in {region} was refused: what Fabric signs in as lacks the permission.", Advice);
        }
        catch (AmazonServiceException e)
        {
            return PreflightCheck.NotChecked(name, AwsFaults.Of(e, $"EC2 in {region}").Message);
        }
        catch (Exception e) when (AwsFaults.IsUnreachable(e, ct))
        {
            return PreflightCheck.NotChecked(name, AwsFaults.Silent($"EC2 in {region}").Message);
        }
    }

    private async Task<PreflightCheck> SimulateAsync(AwsKeys keys, OpenedAccount account, string region, CancellationToken ct)
    {
        const string Name = "Permissions";
        if (account.Kind != AwsSignIns.Role)
            return PreflightCheck.NotChecked(Name, "IAM's simulator is asked about roles only; Fabric signs in with an access key here.");
        var asked = Simulated.Select((action, at) => ($"ActionNames.member.{at + 1}", action)).Prepend(("PolicySourceArn", account[AwsSignIns.RoleArn]));
        var answer = await requests.QueryAsync(keys, "iam", region, "2010-05-08", "SimulatePrincipalPolicy", asked, ct);
        if (!answer.Succeeded)
            return PreflightCheck.NotChecked(Name, $"IAM's simulator could not be asked. {answer.Faults[0].Message}");
        var results = answer.Value.Members("EvaluationResults").ToList();
        if (results.Count == 0)
            return PreflightCheck.NotChecked(Name, "IAM's simulator gave no results.");
        var missing = results.Where(result => result.Text("EvalDecision") != "allowed").Select(result => result.Text("EvalActionName")).ToList();
        return missing.Count == 0
            ? PreflightCheck.Passed(Name, $"IAM's simulator allows all {results.Count} actions that were tried.")
            : PreflightCheck.Failed(Name, $"IAM's simulator does not allow {string.Join(", ", missing)}.", Advice);
    }
}
