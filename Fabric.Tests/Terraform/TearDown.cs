using System.Text.Json.Nodes;
using Fabric.Tests.Engine.Simulation;
using Fabric.Tests.Support;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Engine.Operations;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Executors.Terraform;
using Fabric.Workflows.Runs;
using Fabric.Workflows.Tenancy;

namespace Fabric.Tests.Terraform;

/// <summary>A network that something else lives in, and the honest ends of a tear-down.</summary>
[Collection(MotoCollection.Name)]
public sealed class TearDown(Moto moto)
{
    private static readonly Actor Vendor = new("v1", "Vera", ActorKind.Person, Actor.VendorTenant, Role.Sre);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_stands_in_a_network_behind_Terraforms_back_is_listed_and_the_network_stays_until_a_person_decides()
    {
        await moto.NeedAsync(Stop);
        var access = new MotoAccess(moto);
        await using var bed = await TerraformBed.OpenAsync(Stop, clouds: access);
        var environment = await CreateAsync(bed);
        await using var owner = await bed.Bed.OwnAsync(environment.Id);
        var network = await InhabitedAsync(bed, access, owner, environment);

        var refused = await bed.ThroughAsync(owner, new StartRun(EngineBed.Person, RunKind.Destroy));

        Assert.Equal(RunState.Failed, refused.State);
        var step = (await bed.Bed.StepsAsync(refused.Id)).Single();
        Assert.Equal(Reasons.LeftoversInNetwork, step.Reason);
        Assert.Contains("aws_subnet subnet-", step.Message, StringComparison.Ordinal);
        Assert.Equal(2, (await access.InNetworkAsync(environment, network, Stop)).Value.Count(resource => resource.Type is "aws_subnet"));

        var over = bed.Bed.WaitAsync(run => run.Id == refused.Id && run.State is RunState.Succeeded, "the run without it");
        Journey.Value(await owner.ExecuteAsync(new DecideStep(Vendor, refused.Id, step.Node, StepVerb.Skip, "the customer keeps it"), Stop));
        await over;
        var entity = (await bed.Bed.EntitiesAsync(environment.Id)).Single();
        Assert.Equal(EntityState.Abandoned, entity.State);
        Assert.Contains("aws_vpc.this", entity.Message, StringComparison.Ordinal);
        var ended = await bed.Bed.ReadAsync(db => Task.FromResult(db.Environments.Single()));
        Assert.Equal(EnvironmentState.Destroyed, ended.State);
        Assert.Contains("net", ended.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_person_has_removed_is_gone_and_the_network_goes_after_it()
    {
        await moto.NeedAsync(Stop);
        var access = new MotoAccess(moto);
        await using var bed = await TerraformBed.OpenAsync(Stop, clouds: access);
        var environment = await CreateAsync(bed);
        await using var owner = await bed.Bed.OwnAsync(environment.Id);
        await InhabitedAsync(bed, access, owner, environment);
        var refused = await bed.ThroughAsync(owner, new StartRun(EngineBed.Person, RunKind.Destroy));
        Assert.Equal(RunState.Failed, refused.State);

        var entity = (await bed.Bed.EntitiesAsync(environment.Id)).Single();
        var left = Assert.Single((await new Leftovers(bed.Shop).FindAsync(environment, entity, Stop)).Value);
        Assert.Equal("aws_subnet", left.Type);
        Assert.True((await access.RemoveAsync(environment, left, Stop)).Value);
        Assert.Empty((await new Leftovers(bed.Shop).FindAsync(environment, entity, Stop)).Value);
        var over = bed.Bed.WaitAsync(run => run.Id == refused.Id && run.State is RunState.Succeeded, "the run that goes on", 120);
        Journey.Value(await owner.ExecuteAsync(new DecideStep(EngineBed.Person, refused.Id, entity.Node, StepVerb.Retry), Stop));
        await over;
        Assert.Equal(EntityState.Destroyed, (await bed.Bed.EntitiesAsync(environment.Id)).Single().State);
    }

    [Fact]
    public async Task The_network_of_an_entity_that_never_gave_anything_out_is_found_in_its_state()
    {
        await moto.NeedAsync(Stop);
        var access = new MotoAccess(moto);
        await using var bed = await TerraformBed.OpenAsync(Stop, clouds: access);
        var environment = await CreateAsync(bed);
        await using var owner = await bed.Bed.OwnAsync(environment.Id);
        await InhabitedAsync(bed, access, owner, environment);
        var entity = (await bed.Bed.EntitiesAsync(environment.Id)).Single() with { Outputs = null };
        Assert.Equal("aws_subnet", Assert.Single((await new Leftovers(bed.Shop).FindAsync(environment, entity, Stop)).Value).Type);
    }

    private static Task<FabricEnvironment> CreateAsync(TerraformBed bed) =>
        bed.Bed.CreateAsync(SmallNetwork.Blueprint, [SmallNetwork.Type], parameters: new JsonObject { ["subnets"] = 1 }, cloud: "aws", region: MotoAccess.Region, account: Guid.NewGuid());

    /// <summary>Makes the network, and a subnet in it that Terraform does not know.</summary>
    private async Task<string> InhabitedAsync(TerraformBed bed, MotoAccess access, EnvironmentOwner owner, FabricEnvironment environment)
    {
        var made = await bed.ThroughAsync(owner, new StartRun(EngineBed.Person, RunKind.Apply));
        Assert.True(made.State is RunState.Succeeded, made.Message);
        var network = (await bed.Bed.EntitiesAsync(environment.Id)).Single().Outputs!["networkId"]!.ToString();
        var session = await access.OpenAsync(environment, "test", Stop);
        await moto.CallAsync(session.Value, "ec2", MotoAccess.Region, "2016-11-15", "CreateSubnet", Stop, ("VpcId", network), ("CidrBlock", "10.1.200.0/24"));
        return network;
    }
}
