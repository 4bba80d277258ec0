using System.Diagnostics;
using Fabric.Workflows.Engine.Operations;
using Fabric.Workflows.Runs;

namespace Fabric.Benchmarks;

/// <summary>A fleet that is applied at once.</summary>
internal sealed class ManyEnvironments : IFigure
{
    private const int Environments = 1_000;
    private const int Layers = 5;
    private const int Width = 2;

    public string Name => "fleet";

    public string Title => $"{Environments:N0} environments of {Layers * Width} nodes applied at once";

    public async Task<IReadOnlyList<Measure>> MeasureAsync(string folder)
    {
        await using var bed = await Bed.OpenAsync(folder);
        var ids = await bed.CreateAsync(Shapes.Blueprint("small", Shapes.Layers(Layers, Width)), TimeSpan.Zero, Environments);
        var owners = await Task.WhenAll(ids.Select(bed.OwnAsync));
        var ended = bed.ReachedAsync(Environments, run => run.State is RunState.Succeeded);
        var peak = PeakUntilAsync(ended);
        await Task.WhenAll(owners.Select(owner => owner.ExecuteAsync(new StartRun(Bed.Person, RunKind.Apply), CancellationToken.None)));
        var took = await ended;
        return
        [
            new("all applied", took.TotalSeconds, "s"),
            new("durable steps a second", Environments * Layers * Width / took.TotalSeconds, ""),
            new("peak memory (working set)", await peak / 1024d / 1024d, "MB"),
        ];
    }

    private static async Task<long> PeakUntilAsync(Task end)
    {
        using var self = Process.GetCurrentProcess();
        var peak = 0L;
        while (!end.IsCompleted)
        {
            self.Refresh();
            peak = Math.Max(peak, self.WorkingSet64);
            await Task.WhenAny(end, Task.Delay(TimeSpan.FromMilliseconds(20)));
        }

        return peak;
    }
}
