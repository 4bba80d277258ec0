using System.Diagnostics;
using System.Text.Json.Nodes;
using Fabric.Tests.Support;
using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Catalog;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Engine.Operations;
using Fabric.Workflows.Executors.Terraform;
using Fabric.Workflows.Runs;

namespace Fabric.Tests.Terraform;

/// <summary>A destroy that is cut off goes on: what is left of what was agreed needs no second yes.</summary>
public sealed class KilledInADestroy
{
    private static readonly EntityType Lasting = TerraformBed.Type(
        "lasting",
        [],
        JsonNode.Parse("""{"type":"object","required":["made"],"properties":{"made":{"type":"string"}}}""")!.AsObject(),
        ("main.tf", """
            resource "terraform_data" "it" {
              provisioner "local-exec" {
                when    = destroy
                command = "touch going; until [ -f ../go ]; do sleep 0.1; done"
              }
            }

            output "made" { value = terraform_data.it.id }
            """));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_planned_anew_and_asks_nobody_again()
    {
        await using var bed = await TerraformBed.OpenAsync(Stop);
        var blueprint = new CompiledBlueprint { Name = "lasting", Version = 1, Title = "lasting", Hash = "lasting-1", Parameters = [], Nodes = [new BlueprintNode { Name = "it", Type = Lasting.Ref, Config = [] }] };
        var environment = await bed.Bed.CreateAsync(blueprint, [Lasting], cloud: "aws");
        await using var owner = await bed.Bed.OwnAsync(environment.Id);
        Assert.Equal(RunState.Succeeded, (await bed.ThroughAsync(owner, new StartRun(EngineBed.Person, RunKind.Apply))).State);

        var destroy = bed.ThroughAsync(owner, new StartRun(EngineBed.Person, RunKind.Destroy));
        var lease = await bed.ApplyThatWroteAsync("going");
        var folder = Path.GetDirectoryName(lease.Directory)!;
        using var kill = Process.Start("sh", ["-c", $"kill -s KILL -- -$(cat {lease.Directory}/pid)"]);
        await kill.WaitForExitAsync(Stop);
        await File.WriteAllTextAsync(Path.Combine(folder, "go"), "", Stop);

        Assert.Equal(RunState.Succeeded, (await destroy).State);
        Assert.Equal(LeaseResult.Killed, (await bed.Shop.Leases.FindAsync(lease.Id, Stop))!.Result);
        Assert.Empty(StateResources.Read(await bed.Shop.States.ReadAsync(lease.EntityId, Stop)).Addresses);
    }
}
