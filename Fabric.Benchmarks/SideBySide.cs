using Fabric.Workflows.Engine.Operations;
using Fabric.Workflows.Runs;

namespace Fabric.Benchmarks;

/// <summary>Steps that do not wait for one another run side by side.</summary>
internal sealed class SideBySide : IFigure
{
    private static readonly TimeSpan Duration = TimeSpan.FromMilliseconds(500);

    public string Name => "parallel";

    public string Title => "Four steps of 500 ms side by side";

    public async Task<IReadOnlyList<Measure>> MeasureAsync(string folder)
    {
        await using var bed = await Bed.OpenAsync(folder);
        var environment = (await bed.CreateAsync(Shapes.Blueprint("four", Shapes.Layers(1, 4)), Duration, 1))[0];
        var owner = await bed.OwnAsync(environment);
        var ended = bed.ReachedAsync(1, run => run.State is RunState.Succeeded);
        await owner.ExecuteAsync(new StartRun(Bed.Person, RunKind.Apply), CancellationToken.None);
        return [new("all four done", (await ended).TotalSeconds, "s", "< 0.7 s")];
    }
}
