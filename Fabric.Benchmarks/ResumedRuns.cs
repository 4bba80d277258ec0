using System.Diagnostics;
using Fabric.Workflows.Engine.Operations;
using Fabric.Workflows.Runs;

namespace Fabric.Benchmarks;

/// <summary>What a start finds in flight is taken over and goes on.</summary>
internal sealed class ResumedRuns : IFigure
{
    private const int Runs = 1_000;
    private static readonly TimeSpan Duration = TimeSpan.FromHours(1);

    public string Name => "resume";

    public string Title => $"Resuming {Runs:N0} runs in flight";

    public async Task<IReadOnlyList<Measure>> MeasureAsync(string folder)
    {
        IReadOnlyList<Guid> ids;
        await using (var before = await Bed.OpenAsync(folder))
        {
            ids = await before.CreateAsync(Shapes.Blueprint("flight", Shapes.Layers(2, 5)), Duration, Runs);
            var owners = await Task.WhenAll(ids.Select(before.OwnAsync));
            await Task.WhenAll(owners.Select(owner => owner.ExecuteAsync(new StartRun(Bed.Person, RunKind.Apply), CancellationToken.None)));
        }

        var started = Stopwatch.GetTimestamp();
        await using var bed = await Bed.OpenAsync(folder);
        await Task.WhenAll(ids.Select(bed.OwnAsync));
        return [new("all owned, what was under way looked at", Stopwatch.GetElapsedTime(started).TotalSeconds, "s", "< 10 s")];
    }
}
