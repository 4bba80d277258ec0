using Fabric.Workflows.Engine.Operations;
using Fabric.Workflows.Runs;

namespace Fabric.Benchmarks;

/// <summary>One environment of 1,000 nodes, every step durable, beside Terraform applying the same shape.</summary>
internal sealed class DurableGraph(BenchmarkOptions options) : IFigure
{
    private const int Layers = 20;
    private const int Width = 50;
    private const int Before = 12;

    public string Name => "graph";

    public string Title => $"Durable graph of {Layers * Width:N0} nodes, {Layers} layers of {Width}, two parents each";

    public async Task<IReadOnlyList<Measure>> MeasureAsync(string folder)
    {
        var (first, took) = await ApplyAsync(folder);
        var measures = new List<Measure>
        {
            new("apply, first in a fresh database", first.TotalSeconds, "s"),
            new("apply, after a dozen others", took.TotalSeconds, "s"),
            new("durable steps a second", Layers * Width / took.TotalSeconds, "", "≥ 10,000"),
        };
        if (options.Terraform && Terraform.IsInstalled())
        {
            var theirs = await Terraform.ApplyAsync(Directory.CreateDirectory(Path.Combine(folder, "terraform")).FullName, Shapes.Layers(Layers, Width));
            measures.Add(new("terraform apply, same shape", theirs.TotalSeconds, "s"));
            measures.Add(new("times faster", theirs / took, "×", "≥ 50"));
        }

        return measures;
    }

    private static async Task<(TimeSpan First, TimeSpan Warm)> ApplyAsync(string folder)
    {
        await using var bed = await Bed.OpenAsync(folder);
        var environments = await bed.CreateAsync(Shapes.Blueprint("layers", Shapes.Layers(Layers, Width)), TimeSpan.Zero, Before + 1);
        var took = new List<TimeSpan>();
        foreach (var environment in environments)
            took.Add(await RunAsync(bed, environment));
        return (took[0], took[^1]);
    }

    private static async Task<TimeSpan> RunAsync(Bed bed, Guid environment)
    {
        var owner = await bed.OwnAsync(environment);
        var ended = bed.ReachedAsync(1, run => run.EnvironmentId == environment && run.State is RunState.Succeeded);
        await owner.ExecuteAsync(new StartRun(Bed.Person, RunKind.Apply), CancellationToken.None);
        return await ended;
    }
}
