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
        using var asked = await AskedAsync(slow);
        var lease = Assert.Single(await bed.Shop.Leases.OpenAsync(Stop));
        Journey.Value(await owner.ExecuteAsync(new DecideRun(EngineBed.Person, lease.RunId, RunVerb.Cancel), Stop));
        Assert.Equal(RunState.Cancelled, (await run).State);

        await StoppingAsync(lease);
        Assert.Single(await LocksAsync(bed));
        await AnswerAsync(asked);
        await EndedAsync(bed, lease);
    }

    [Theory]
    [InlineData(15, LeaseResult.Interrupted)]
    [InlineData(0, LeaseResult.Killed)]
    public async Task An_apply_whose_step_took_too_long_is_followed_to_its_end_and_killed_when_that_does_not_come(double minutes, LeaseResult ended)
    {
        using var slow = new TcpListener(IPAddress.Loopback, 0);
        slow.Start();
        // What depends on something that is still to be made is read while it is applied, and a read hears no interrupt.
        var deaf = Type("deaf", $$"""
            resource "terraform_data" "first" {}

            data "terraform_remote_state" "slow" {
              depends_on = [terraform_data.first]
              backend    = "http"
              config     = { address = "http://{{slow.LocalEndpoint}}" }
            }

            resource "terraform_data" "second" {
              input = data.terraform_remote_state.slow.outputs
            }

            output "made" { value = terraform_data.second.id }
            """);
        await using var bed = await TerraformBed.OpenAsync(Stop, new TerraformOptions { StopMinutes = minutes }, rules: EngineBed.FastRules with { StepTimeout = TimeSpan.FromSeconds(60) });
        await using var owner = await bed.Bed.OwnAsync((await CreateAsync(bed, deaf)).Id);
        var running = bed.ThroughAsync(owner, new StartRun(EngineBed.Person, RunKind.Apply));
        using var asked = await AskedAsync(slow);
        var run = await running;
        Assert.Equal(Reasons.TimedOut, (await bed.Bed.StepsAsync(run.Id)).Single().Reason);
        var lease = Assert.Single(await bed.Shop.Leases.OpenAsync(Stop));
        var reaper = new LeaseReaper(bed.Shop);
        Assert.Single(await LocksAsync(bed));
        Assert.Equal(1, await reaper.ReapAsync(Stop));
        if (ended is LeaseResult.Interrupted)
        {
            Assert.Single(await LocksAsync(bed));
            // It hears of it after it has written down what it has.
            await Eventually.BecomesAsync("what was made is in the state", () => bed.Shop.States.ReadAsync(lease.EntityId, Stop), state => StateResources.Read(state).Addresses.Contains("terraform_data.first"), Stop);
            await StoppingAsync(lease);
            await AnswerAsync(asked);
        }

        // Whoever looks into it asks too.
        var others = AnswerAllAsync(slow);

        await Eventually.BecomesAsync("nothing to follow", () => reaper.ReapAsync(Stop), open => open == 0, Stop);
        await EndedAsync(bed, lease, ended);
        Assert.Contains("terraform_data.first", StateResources.Read(await bed.Shop.States.ReadAsync(lease.EntityId, Stop)).Addresses);
        slow.Stop();
        await others;
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

    /// <summary>Terraform's request for the state that nobody gives it yet.</summary>
    private static Task<TcpClient> AskedAsync(TcpListener slow) => slow.AcceptTcpClientAsync(Stop).AsTask().WaitAsync(TimeSpan.FromMinutes(2), Stop);

    /// <summary>The state of somebody who has none, for a Terraform that waits to read it.</summary>
    private static async Task AnswerAsync(TcpClient asked)
    {
        const string State = """{"version":4,"serial":1,"lineage":"slow","outputs":{},"resources":[]}""";
        await asked.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {State.Length}\r\n\r\n{State}"), Stop);
        asked.Client.Shutdown(SocketShutdown.Send);
    }

    /// <summary>Returns when Terraform has heard that it is to stop: it says so a moment before it does.</summary>
    private static async Task StoppingAsync(Lease lease)
    {
        var log = Path.Combine(lease.Directory, "out.log");
        await Eventually.BecomesAsync("Terraform says that it was asked to stop", () => File.ReadAllTextAsync(log, Stop), text => text.Contains("Stopping operation", StringComparison.Ordinal), Stop);
        await Task.Delay(TimeSpan.FromSeconds(5), Stop);
    }

    private static async Task AnswerAllAsync(TcpListener slow)
    {
        try
        {
            while (true)
            {
                using var asked = await slow.AcceptTcpClientAsync(Stop);
                await AnswerWhoeverIsThereAsync(asked);
            }
        }
        catch (Exception e) when (e is SocketException or InvalidOperationException)
        {
            // The test is over.
        }
    }

    private static async Task AnswerWhoeverIsThereAsync(TcpClient asked)
    {
        try
        {
            await AnswerAsync(asked);
        }
        catch (Exception e) when (e is IOException or SocketException or InvalidOperationException)
        {
            // Who asked was killed meanwhile.
        }
    }

    private static async Task EndedAsync(TerraformBed bed, Lease lease, LeaseResult result = LeaseResult.Interrupted)
    {
        var ended = await Eventually.BecomesAsync("the lease's end", () => bed.Shop.Leases.FindAsync(lease.Id, Stop), found => found?.EndedAt is not null, Stop);
        Assert.Equal(result, ended!.Result);
        Assert.Empty(await bed.Shop.Leases.OpenAsync(Stop));
        Assert.Empty(await LocksAsync(bed));
    }

    private static Task<List<Workflows.Executors.Terraform.State.StateLock>> LocksAsync(TerraformBed bed) => bed.Bed.ReadAsync(db => db.StateLocks.ToListAsync(Stop));
}
