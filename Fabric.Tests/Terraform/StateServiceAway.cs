using System.Text;
using System.Text.Json.Nodes;
using Fabric.Tests.Cluster;
using Fabric.Tests.Storage;
using Fabric.Tests.Support;
using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Catalog;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Engine.Operations;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Executors.Terraform;
using Fabric.Workflows.Executors.Terraform.State;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Runs;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Tests.Terraform;

/// <summary>An apply that ends while nobody takes its state leaves it on its disk, and what it made is not made again.</summary>
public sealed class StateServiceAway : IAsyncLifetime
{
    private TerraformBed bed = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    // The first state of a workspace: Terraform gives it no lineage until it has heard that none stands.
    private static readonly string FirstLeft = """{"version":4,"serial":0,"lineage":"","resources":[{"mode":"managed","type":"terraform_data","name":"it","instances":[{"attributes":{"id":"1"}}]}]}""";

    private static EntityType Slow { get; } = TerraformBed.Type(
        "slow",
        [],
        JsonNode.Parse("""{"type":"object","required":["made"],"properties":{"made":{"type":"string"}}}""")!.AsObject(),
        ("main.tf", """
            resource "terraform_data" "it" {
              provisioner "local-exec" {
                command = "touch made; until [ -f ../go ]; do sleep 0.1; done"
              }
            }

            output "made" { value = terraform_data.it.id }
            """));

    public async ValueTask InitializeAsync() => bed = await TerraformBed.OpenAsync(Stop, new TerraformOptions { StateRetries = 1 });

    public ValueTask DisposeAsync() => bed.DisposeAsync();

    [Fact]
    public async Task The_first_state_of_all_is_taken_from_the_disk()
    {
        var (environment, lease, through, owner) = await BegunAsync(bed);
        await using var end = owner;
        bed.IsAway = true;
        await File.WriteAllTextAsync(Path.Combine(lease.Directory, "..", "go"), "", Stop);
        await Eventually.BecomesAsync("the lease has ended", () => bed.Shop.Leases.FindAsync(lease.Id, Stop), found => found is { EndedAt: not null }, Stop);
        bed.IsAway = false;

        Assert.Equal(RunState.Succeeded, (await through).State);
        var made = Assert.Single(await bed.Bed.ReadAsync(db => db.Leases.Where(l => l.Kind == LeaseKind.Apply).ToListAsync(Stop)));
        Assert.Equal(LeaseResult.Failed, made.Result);
        var state = Assert.Single(await bed.Bed.ReadAsync(db => db.StateVersions.ToListAsync(Stop)));
        Assert.Equal((1, 1L, lease.Id.ToString(), false), (state.Resources, state.Serial, state.Lineage, state.Aside));
        var entity = Assert.Single(await bed.Bed.EntitiesAsync(environment.Id));
        Assert.Contains(entity.Outputs!["made"]!.ToString(), Encoding.UTF8.GetString((await bed.Shop.States.ReadAsync(entity.Id, Stop))!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_comes_back_soon_is_waited_for()
    {
        await using var patient = await TerraformBed.OpenAsync(Stop);
        var (environment, lease, through, owner) = await BegunAsync(patient);
        await using var end = owner;
        patient.IsAway = true;
        await File.WriteAllTextAsync(Path.Combine(lease.Directory, "..", "go"), "", Stop);
        await Eventually.BecomesAsync("somebody was left without an answer", () => Task.FromResult(patient.Refused), refused => refused > 0, Stop);
        patient.IsAway = false;
        Assert.Equal(RunState.Succeeded, (await through).State);
        Assert.Equal(LeaseResult.Succeeded, (await patient.Shop.Leases.FindAsync(lease.Id, Stop))!.Result);
        Assert.Equal("Ready", (await patient.Bed.EntitiesAsync(environment.Id)).Single().State.ToString());
    }

    [Fact]
    public async Task It_is_taken_once_and_beside_another_state_it_is_kept_aside()
    {
        var environment = await bed.CreateAsync(SmallModule.Blueprint("first"), SmallModule.Values(1));
        var lease = TerraformRows.OneOfEach(environment.Id, "sample").OfType<Lease>().Single();
        var left = Encoding.UTF8.GetBytes(FirstLeft);
        Assert.Equal(StateVerdict.Taken, (await bed.Shop.States.TakeLeftAsync(lease, left, Stop)).Verdict);
        Assert.Equal(StateVerdict.Same, (await bed.Shop.States.TakeLeftAsync(lease, left, Stop)).Verdict);
        Assert.Equal(StateVerdict.Conflict, (await bed.Shop.States.TakeLeftAsync(lease with { Id = Guid.NewGuid() }, left, Stop)).Verdict);
        Assert.Equal([false, true], await bed.Bed.ReadAsync(db => db.StateVersions.OrderBy(v => v.Number).Select(v => v.Aside).ToListAsync(Stop)));
        // The same process's later state, whose earlier push had no answer.
        Assert.Equal(StateVerdict.Taken, (await bed.Shop.States.TakeLeftAsync(lease, Encoding.UTF8.GetBytes(FirstLeft.Replace("\"1\"", "\"2\"", StringComparison.Ordinal)), Stop)).Verdict);
        Assert.Equal([1L, 2L], await bed.Bed.ReadAsync(db => db.StateVersions.Where(v => !v.Aside).OrderBy(v => v.Number).Select(v => v.Serial).ToListAsync(Stop)));
        Assert.Equal(StateVerdict.Corrupt, (await bed.Shop.States.TakeLeftAsync(lease, left[..^5], Stop)).Verdict);
    }

    /// <summary>A run whose apply has begun to make its one resource, and waits in it.</summary>
    private static async Task<(FabricEnvironment Environment, Lease Lease, Task<Run> Through, EnvironmentOwner Owner)> BegunAsync(TerraformBed bed)
    {
        var blueprint = new CompiledBlueprint { Name = "slow", Version = 1, Title = "slow", Hash = "slow-1", Parameters = [], Nodes = [new BlueprintNode { Name = "it", Type = Slow.Ref, Config = [] }] };
        var environment = await bed.Bed.CreateAsync(blueprint, [Slow], cloud: "aws");
        var owner = await bed.Bed.OwnAsync(environment.Id);
        var through = bed.ThroughAsync(owner, new StartRun(EngineBed.Person, RunKind.Apply));
        return (environment, await bed.ApplyThatWroteAsync("made"), through, owner);
    }
}
