using System.Text.Json.Nodes;
using Fabric.Tests.Clouds;
using Fabric.Tests.Support;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Engine.Operations;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Runs;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Tests.Terraform;

/// <summary>Terraform's own plan tells where a module's provider block puts what it makes.</summary>
[Collection(MotoCollection.Name)]
public sealed class RegionOfAProviderBlock(Moto moto)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_module_that_leaves_the_regions_of_its_account_makes_nothing()
    {
        await moto.NeedAsync(Stop);
        await using var bed = await TerraformBed.OpenAsync(Stop, clouds: new MotoAccess(moto));
        var module = File.ReadAllText(Path.Combine(SmallNetwork.Catalog, "smallnet", "aws", "main.tf"));
        var type = TerraformBed.Type("far", SmallNetwork.Type.Config, SmallNetwork.Type.Outputs!, ("main.tf", module.Replace("region = var.fabric_region", "region = \"us-west-2\"", StringComparison.Ordinal)));
        var blueprint = SmallNetwork.Blueprint with { Nodes = [SmallNetwork.Blueprint.Nodes[0] with { Type = type.Ref }] };
        var environment = await bed.Bed.CreateAsync(blueprint, [type], parameters: new JsonObject { ["subnets"] = 1 }, cloud: "aws", region: MotoAccess.Region, account: Guid.NewGuid());
        await bed.Bed.Cell.Journal.CommitAsync(
            new JournalBatch().Add(SampleAccounts.AwsRole(Moto.NewAccount(), MotoAccess.Region) with { Id = environment.AccountId!.Value, Tenant = environment.Tenant }), Stop);
        await using var owner = await bed.Bed.OwnAsync(environment.Id);

        var denied = await bed.ThroughAsync(owner, new StartRun(EngineBed.Person, RunKind.Apply));

        Assert.Equal((RunState.Failed, Reasons.PolicyDenied), (denied.State, denied.Reason));
        Assert.Contains("aws_vpc.this would be in us-west-2, by the region of provider aws; its account allows eu-central-1.", denied.Message, StringComparison.Ordinal);
        Assert.Empty(await bed.Bed.ReadAsync(db => db.StateVersions.ToListAsync(Stop)));
    }
}
