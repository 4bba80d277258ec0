using System.Diagnostics;
using System.Text.Json.Nodes;
using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Catalog;
using Fabric.Workflows.Catalog.Modules;
using Fabric.Workflows.Engine.Operations;
using Fabric.Workflows.Runs;

namespace Fabric.Benchmarks;

/// <summary>
/// A module planned and applied by hand, and by Fabric: leases, sealed plans and states, the log taken in, decisions made durable. Both hold
/// their state over the same protocol on loopback; by hand it is kept in memory, which favours the hand.
/// </summary>
internal sealed class TerraformOverhead : IFigure
{
    private const int Resources = 300;

    private const string Module = """
        variable "size" { type = number }
        resource "terraform_data" "one" {
          count = var.size
          input = count.index
        }
        output "count" { value = length(terraform_data.one) }
        """;

    public string Name => "terraform";

    public string Title => $"A module of {Resources} resources planned and applied by Terraform alone, and by Fabric";

    public async Task<IReadOnlyList<Measure>> MeasureAsync(string folder)
    {
        await using var states = await StateServer.StartAsync();
        var (init, work) = await ByHandAsync(Directory.CreateDirectory(Path.Combine(folder, "hand")).FullName, states);
        var fabric = await ByFabricAsync(Directory.CreateDirectory(Path.Combine(folder, "fabric")).FullName, states);
        var hand = init + work;
        return
        [
            new("init, plan and apply by hand", hand.TotalSeconds, "s"),
            new("of that, init", init.TotalSeconds, "s"),
            new("the same through Fabric, from the request to the run's end", fabric.TotalSeconds, "s"),
            new("added by Fabric", (fabric / hand - 1) * 100, "%", "< 5 %"),
        ];
    }

    private static async Task<(TimeSpan Init, TimeSpan Work)> ByHandAsync(string folder, StateServer states)
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "main.tf"), Module);
        await File.WriteAllTextAsync(Path.Combine(folder, "terraform.tfvars.json"), $"{{\"size\":{Resources}}}");
        await File.WriteAllTextAsync(Path.Combine(folder, "backend.tf.json"), new JsonObject
        {
            ["terraform"] = new JsonObject
            {
                ["backend"] = new JsonObject
                {
                    ["http"] = new JsonObject { ["address"] = states.Plain, ["lock_address"] = states.Plain, ["unlock_address"] = states.Plain, ["lock_method"] = "LOCK", ["unlock_method"] = "UNLOCK" },
                },
            },
        }.ToJsonString());
        var started = Stopwatch.GetTimestamp();
        await Terraform.RunAsync("init -input=false -no-color", folder);
        var init = Stopwatch.GetElapsedTime(started);
        await Terraform.RunAsync("plan -input=false -no-color -out=plan.bin", folder);
        await Terraform.RunAsync("apply -input=false -no-color plan.bin", folder);
        return (init, Stopwatch.GetElapsedTime(started) - init);
    }

    private static async Task<TimeSpan> ByFabricAsync(string folder, StateServer states)
    {
        await using var bed = await Bed.OpenAsync(folder, cell => states.ExecutorOf(cell, Path.Combine(folder, "work")));
        var environment = (await bed.CreateAsync(Blueprint, Type, "aws", 1))[0];
        var owner = await bed.OwnAsync(environment);
        var ended = bed.ReachedAsync(1, run => run.State is RunState.Succeeded);
        await owner.ExecuteAsync(new StartRun(Bed.Person, RunKind.Apply), CancellationToken.None);
        return await ended;
    }

    private static EntityType Type { get; } = new()
    {
        Name = "many",
        Version = "1.0.0",
        Hash = "many-1",
        Config = JsonNode.Parse("""{"type":"object","properties":{"size":{"type":"integer"}}}""")!.AsObject(),
        Outputs = JsonNode.Parse("""{"type":"object","properties":{"count":{"type":"integer"}}}""")!.AsObject(),
        Implementations =
        [
            new Implementation
            {
                On = "aws",
                Terraform = "aws",
                Module = new TerraformModule { Files = [new ModuleFile("main.tf", Module)], Variables = [new ModuleVariable("size", "number", Required: true, Sensitive: false)], Outputs = [new ModuleOutput("count", Sensitive: false)] },
            },
        ],
    };

    private static CompiledBlueprint Blueprint { get; } = new()
    {
        Name = "many",
        Version = 1,
        Title = "many",
        Hash = "many",
        Parameters = [],
        Nodes = [new BlueprintNode { Name = "many", Type = Type.Ref, Config = new JsonObject { ["size"] = Resources } }],
    };
}
