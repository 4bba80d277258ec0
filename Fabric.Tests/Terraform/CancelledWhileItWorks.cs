using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Fabric.Tests.Cluster;
using Fabric.Tests.Engine.Simulation;
using Fabric.Tests.Support;
using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Catalog;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Engine.Operations;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Executors.Terraform;
using Fabric.Workflows.Runs;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Tests.Terraform;

/// <summary>A cancelled run interrupts Terraform, which stops at a safe point; only then its lock and its place are given back.</summary>
public sealed class CancelledWhileItWorks
{
    private static readonly EntityType Endless = Type("endless", """
        resource "terraform_data" "first" {}

        resource "terraform_data" "second" {
          depends_on = [terraform_data.first]
          provisioner "local-exec" {
            command = "touch made; while true; do sleep 0.1; done"
          }
        }

        resource "terraform_data" "third" {
          depends_on = [terraform_data.second]
        }

        output "made" { value = terraform_data.third.id }
        """);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_apply_stops_where_its_state_is_written()
    {
        await using var bed = await TerraformBed.OpenAsync(Stop);
        await using var owner = await bed.Bed.OwnAsync((await CreateAsync(bed, Endless)).Id);

        var apply = bed.ThroughAsync(owner, new StartRun(EngineBed.Person, RunKind.Apply));
        var lease = await bed.ApplyThatWroteAsync("made");
        Assert.Single(await LocksAsync(bed));
        Journey.Value(await owner.ExecuteAsync(new DecideRun(EngineBed.Person, lease.RunId, RunVerb.Cancel), Stop));

        Assert.Equal(RunState.Cancelled, (await apply).State);
        await EndedAsync(bed, lease);
        var made = StateResources.Read(await bed.Shop.States.ReadAsync(lease.EntityId, Stop)).Addresses;
        Assert.Contains("terraform_data.first", made);
        Assert.DoesNotContain("terraform_data.third", made);
    }

    [Fact]
    public async Task A_plan_of_a_cancelled_run_stops_too()
    {
        using var slow = new TcpListener(IPAddress.Loopback, 0);
        slow.Start();
        var reads = Type("reads", $$"""
            data "terraform_remote_state" "slow" {
              backend = "http"
              config  = { address = "http://{{slow.LocalEndpoint}}" }
            }

            resource "terraform_data" "it" {
              input = data.terraform_remote_state.slow.outputs
            }

            output "made" { value = terraform_data.it.id }
            """);
        await using var bed = await TerraformBed.OpenAsync(Stop);
        await using var owner = await bed.Bed.OwnAsync((await CreateAsync(bed, reads)).Id);

        var run = bed.ThroughAsync(owner, new StartRun(EngineBed.Person, RunKind.Apply));
        using var asked = await slow.AcceptTcpClientAsync(Stop);
        var lease = Assert.Single(await bed.Shop.Leases.OpenAsync(Stop));
        Journey.Value(await owner.ExecuteAsync(new DecideRun(EngineBed.Person, lease.RunId, RunVerb.Cancel), Stop));
        Assert.Equal(RunState.Cancelled, (await run).State);

        var log = Path.Combine(lease.Directory, "out.log");
        await Eventually.BecomesAsync("Terraform says that it was asked to stop", () => File.ReadAllTextAsync(log, Stop), text => text.Contains("Interrupt received", StringComparison.Ordinal), Stop);
        Assert.Single(await LocksAsync(bed));
        await AnswerAsync(asked);
        await EndedAsync(bed, lease);
    }

    [Fact]
    public async Task An_apply_whose_step_took_too_long_is_followed_to_its_end()
    {
        await using var bed = await TerraformBed.OpenAsync(Stop, rules: EngineBed.FastRules with { StepTimeout = TimeSpan.FromSeconds(4) });
        await using var owner = await bed.Bed.OwnAsync((await CreateAsync(bed, Endless)).Id);
        var run = await bed.ThroughAsync(owner, new StartRun(EngineBed.Person, RunKind.Apply));
        Assert.Equal(Reasons.TimedOut, (await bed.Bed.StepsAsync(run.Id)).Single().Reason);
        var lease = await bed.Bed.ReadAsync(db => db.Leases.SingleAsync(l => l.Kind == LeaseKind.Apply, Stop));
        await EndedAsync(bed, lease);
        Assert.Contains("terraform_data.first", StateResources.Read(await bed.Shop.States.ReadAsync(lease.EntityId, Stop)).Addresses);
    }

    [Fact]
    public async Task What_does_not_stop_when_it_is_asked_to_is_killed_and_looked_into()
    {
        await using var bed = await TerraformBed.OpenAsync(Stop, new TerraformOptions { StopMinutes = 0 }, rules: EngineBed.FastRules with { StepTimeout = TimeSpan.FromSeconds(4) });
        var deaf = Type("deaf", """
            resource "terraform_data" "it" {
              provisioner "local-exec" {
                command = "trap '' INT; touch made; while true; do sleep 0.1; done"
              }
            }

            output "made" { value = terraform_data.it.id }
            """);
        await using var owner = await bed.Bed.OwnAsync((await CreateAsync(bed, deaf)).Id);
        await bed.ThroughAsync(owner, new StartRun(EngineBed.Person, RunKind.Apply));
        var lease = await bed.Bed.ReadAsync(db => db.Leases.SingleAsync(l => l.Kind == LeaseKind.Apply, Stop));
        var ended = await Eventually.BecomesAsync("the lease's end", () => bed.Shop.Leases.FindAsync(lease.Id, Stop), found => found?.EndedAt is not null, Stop);
        Assert.True(ended!.Result is LeaseResult.Killed or LeaseResult.Interrupted, ended.Result.ToString());
        Assert.Empty(await LocksAsync(bed));
    }

    /// <summary>A module without variables that gives out <c>made</c>.</summary>
    private static EntityType Type(string name, string module) => TerraformBed.Type(
        name,
        [],
        JsonNode.Parse("""{"type":"object","required":["made"],"properties":{"made":{"type":"string"}}}""")!.AsObject(),
        ("main.tf", module));

    private static Task<FabricEnvironment> CreateAsync(TerraformBed bed, EntityType type)
    {
        var node = new BlueprintNode { Name = "it", Type = type.Ref, Config = [] };
        return bed.Bed.CreateAsync(new CompiledBlueprint { Name = type.Name, Version = 1, Title = type.Name, Hash = type.Name, Parameters = [], Nodes = [node] }, [type], cloud: "aws");
    }

    /// <summary>The state of somebody who has none, for a Terraform that waits to read it.</summary>
    private static async Task AnswerAsync(TcpClient asked)
    {
        const string State = """{"version":4,"serial":1,"lineage":"slow","outputs":{},"resources":[]}""";
        await asked.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {State.Length}\r\n\r\n{State}"), Stop);
        asked.Client.Shutdown(SocketShutdown.Send);
    }

    private static async Task EndedAsync(TerraformBed bed, Lease lease)
    {
        var ended = await Eventually.BecomesAsync("the lease's end", () => bed.Shop.Leases.FindAsync(lease.Id, Stop), found => found?.EndedAt is not null, Stop);
        Assert.Equal(LeaseResult.Interrupted, ended!.Result);
        Assert.Empty(await bed.Shop.Leases.OpenAsync(Stop));
        Assert.Empty(await LocksAsync(bed));
    }

    private static Task<List<Workflows.Executors.Terraform.State.StateLock>> LocksAsync(TerraformBed bed) => bed.Bed.ReadAsync(db => db.StateLocks.ToListAsync(Stop));
}
