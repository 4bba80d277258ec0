using Fabric.Web.Live;
using Fabric.Workflows.Engine.Simulation;
using Fabric.Workflows.Runs;

namespace Fabric.Web.ConsoleView.Runs.Detail;

/// <summary>Why a run that is over took as long as it did.</summary>
/// <param name="Total">From its first step to its end.</param>
/// <param name="Chain">The critical path with every step on it.</param>
/// <param name="Slowest">The steps that took longest, longest first.</param>
public sealed record RunTimes(TimeSpan Total, IReadOnlyList<PathStep> Chain, IReadOnlyList<Step> Slowest)
{
    private const int Shown = 5;

    /// <summary>The steps of the critical path that added time.</summary>
    public IReadOnlyList<PathStep> Path { get; } = [.. Chain.Where(step => step.Took > TimeSpan.Zero)];

    /// <summary>The time they added.</summary>
    public TimeSpan Length { get; } = Chain.Aggregate(TimeSpan.Zero, (sum, step) => sum + step.Took);

    /// <summary>Reads a run; null while it goes, and of one that never began to work.</summary>
    public static RunTimes? Of(RunView view)
    {
        if (!view.Run.State.IsTerminal() || view.Run.StartedAt is not { } start || view.Run.EndedAt is not { } end)
            return null;
        var worked = view.Steps.Where(step => step.EndedAt is not null && (step.StartedAt is not null || step.State.LetsGo())).ToList();
        return new RunTimes(end - start, CriticalPath.Chain(worked, start), [.. worked.Where(step => Took(step) > TimeSpan.Zero).OrderByDescending(Took).ThenBy(step => step.Order).Take(Shown)]);
    }

    /// <summary>Whether a node lies on the critical path.</summary>
    public bool IsCritical(string node) => Path.Any(step => step.Node == node);

    /// <summary>From a step's first try to its end; zero of one that did not begin or goes.</summary>
    public static TimeSpan Took(Step step) => step.EndedAt - step.StartedAt ?? TimeSpan.Zero;
}
