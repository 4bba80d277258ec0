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

/// <summary>A module of Terraform's own <c>terraform_data</c>: it needs no provider and no cloud.</summary>
internal static class SmallModule
{
    public static EntityType Type { get; } = TerraformBed.Type(
        "note",
        Json("""{"type":"object","properties":{"size":{"type":"integer"},"password":{"type":"string","x-secret":true,"default":""},"place":{"type":"string","default":"here"}}}"""),
        Json("""{"type":"object","required":["words"],"properties":{"words":{"type":"string"},"hidden":{"type":"string"}}}"""),
        ("main.tf", """
            variable "size" { type = number }
            variable "place" {
              type    = string
              default = "here"
            }
            variable "password" {
              type      = string
              sensitive = true
              default   = ""
            }
            variable "fabric_name" { type = string }

            resource "terraform_data" "note" {
              count            = var.size
              input            = "${var.fabric_name} ${count.index}"
              triggers_replace = [var.place]
            }

            resource "terraform_data" "secret" {
              input = var.password
            }

            output "words" { value = join(", ", terraform_data.note[*].output) }
            output "hidden" {
              value     = terraform_data.secret.output
              sensitive = true
            }
            """));

    /// <summary>One node of it, or several one after the other.</summary>
    public static CompiledBlueprint Blueprint(params string[] nodes) => new()
    {
        Name = "notes",
        Version = 1,
        Title = "notes",
        Hash = $"notes-{string.Join('-', nodes)}",
        Parameters = [],
        Nodes = [.. nodes.Select((node, i) => new BlueprintNode
        {
            Name = node,
            Type = Type.Ref,
            Config = new JsonObject { ["size"] = "${param.size}", ["place"] = "${param.place}" },
            DependsOn = i == 0 ? [] : [nodes[i - 1]],
        })],
    };

    /// <summary>Two nodes, the second placed by what the first says.</summary>
    public static CompiledBlueprint Bound()
    {
        var blueprint = Blueprint("first", "second");
        return blueprint with { Hash = "bound", Nodes = [blueprint.Nodes[0], blueprint.Nodes[1] with { Config = new JsonObject { ["size"] = 1, ["place"] = "${first.words}" } }] };
    }

    public static JsonObject Values(int size, string place = "here") => new() { ["size"] = size, ["place"] = place };

    public static Task<FabricEnvironment> CreateAsync(this TerraformBed bed, CompiledBlueprint blueprint, JsonObject values) =>
        bed.Bed.CreateAsync(blueprint, [Type], parameters: values, cloud: "aws");

    /// <summary>The apply that has come as far as to write a file into its directory.</summary>
    public static async Task<Lease> ApplyThatWroteAsync(this TerraformBed bed, string file)
    {
        var ct = TestContext.Current.CancellationToken;
        return (await Eventually.BecomesAsync(
            $"an apply that wrote {file}",
            async () => (await bed.Shop.Leases.OpenAsync(ct)).SingleOrDefault(l => l.Kind is LeaseKind.Apply && File.Exists(Path.Combine(l.Directory, file))),
            lease => lease is not null,
            ct))!;
    }

    /// <summary>Asks for a run, says yes when it asks, and returns it when it has ended.</summary>
    public static async Task<Run> ThroughAsync(this TerraformBed bed, EnvironmentOwner owner, Workflows.Engine.Operations.Operation operation)
    {
        var over = bed.Bed.WaitAsync(run => run.State.IsTerminal(), "the end of the run", 300);
        var asks = bed.Bed.WaitAsync(run => run.State is RunState.AwaitingApproval || run.State.IsTerminal(), "a run that asks or ends", 300);
        Journey.Value(await owner.ExecuteAsync(operation, TestContext.Current.CancellationToken));
        if (await ToldAsync(bed, asks) is { State: RunState.AwaitingApproval } asked)
            Journey.Value(await owner.ExecuteAsync(new DecideRun(EngineBed.Person, asked.Id, RunVerb.Approve, asked.PlanHash), TestContext.Current.CancellationToken));
        return await ToldAsync(bed, over);
    }

    /// <summary>A run that does not come to its end says where it stands.</summary>
    private static async Task<Run> ToldAsync(TerraformBed bed, Task<Run> waited)
    {
        try
        {
            return await waited;
        }
        catch (TimeoutException e)
        {
            var steps = await bed.Bed.ReadAsync(db => db.Steps.Where(s => s.State != StepState.Succeeded).ToListAsync());
            var leases = await bed.Bed.ReadAsync(db => db.Leases.OrderBy(l => l.Id).ToListAsync());
            throw new TimeoutException($"{e.Message} {string.Join(' ', steps.Select(s => $"{s.Node} is {s.State} ({s.Reason}: {s.Message}, attempt {s.Attempt})."))} {string.Join(' ', leases.Select(l => $"{l.Kind} {l.Result} since {l.StartedAt:mm:ss} until {l.EndedAt:mm:ss}: {l.Outcome};"))}", e);
        }
    }

    private static JsonObject Json(string text) => JsonNode.Parse(text)!.AsObject();
}
