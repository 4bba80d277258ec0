using System.Diagnostics;
using System.Text.Json.Nodes;
using Fabric.Workflows.Engine.Operations;
using Fabric.Workflows.Executors.Terraform;
using Fabric.Workflows.Runs;

namespace Fabric.Benchmarks;

/// <summary>
/// A module planned and applied by hand, and by Fabric: leases, sealed plans and states, the log taken in, decisions made durable. Both hold
/// their state over the same protocol on loopback; by hand it is kept in memory, which favours the hand.
/// </summary>
internal sealed class TerraformOverhead(BenchmarkOptions options) : IFigure
{
    private const int Resources = 300;

    public string Name => "overhead";

    public string Title => "A module planned and applied by Terraform alone, and by Fabric";

    public async Task<IReadOnlyList<Measure>> MeasureAsync(string folder)
    {
        var measures = await MeasureAsync(MeasuredModule.Plain(Resources), Directory.CreateDirectory(Path.Combine(folder, "plain")).FullName, "");
        if (options.Aws is not { } emulator)
            return measures;
        return [.. measures, .. await MeasureAsync(MeasuredModule.Network(emulator, folder), Directory.CreateDirectory(Path.Combine(folder, "aws")).FullName, "< 5 %")];
    }

    private static async Task<List<Measure>> MeasureAsync(MeasuredModule module, string folder, string goal)
    {
        await using var states = await StateServer.StartAsync();
        var (init, work) = await ByHandAsync(module, Directory.CreateDirectory(Path.Combine(folder, "hand")).FullName, states);
        var fabric = await ByFabricAsync(module, Directory.CreateDirectory(Path.Combine(folder, "fabric")).FullName, states);
        var hand = init + work;
        return
        [
            new($"{module.Name}: init, plan, apply by hand", hand.TotalSeconds, "s"),
            new("of that, init", init.TotalSeconds, "s"),
            new("through Fabric, from the request to the run's end", fabric.TotalSeconds, "s"),
            new("added by Fabric", (fabric - hand).TotalSeconds, "s"),
            new("the same", (fabric / hand - 1) * 100, "%", goal),
        ];
    }

    private static async Task<(TimeSpan Init, TimeSpan Work)> ByHandAsync(MeasuredModule module, string folder, StateServer states)
    {
        module.Write(folder);
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

    private static async Task<TimeSpan> ByFabricAsync(MeasuredModule module, string folder, StateServer states)
    {
        var terraform = new TerraformOptions { Override = module.Override };
        await using var bed = await Bed.OpenAsync(folder, cell => states.ExecutorOf(cell, Path.Combine(folder, "work"), terraform));
        var environment = (await bed.CreateAsync(module.Blueprint(), module.Type, "aws", 1))[0];
        var owner = await bed.OwnAsync(environment);
        var ended = bed.ReachedAsync(1, run => run.State is RunState.Succeeded);
        await owner.ExecuteAsync(new StartRun(Bed.Person, RunKind.Apply), CancellationToken.None);
        return await ended;
    }
}
