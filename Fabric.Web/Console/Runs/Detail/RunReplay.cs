using Fabric.Web.ConsoleView.Blueprints.Simulate;
using Fabric.Web.Live;
using Fabric.Workflows.Engine.Simulation;
using Fabric.Workflows.Runs;

namespace Fabric.Web.ConsoleView.Runs.Detail;

/// <summary>Makes a run that is over playable, from what its journal told.</summary>
public static class RunReplay
{
    /// <summary>The run from its first step on; null while it goes, and of one that never began to work.</summary>
    public static Playback? Of(RunView view, IReadOnlyList<RunEvent> events)
    {
        if (RunTimes.Of(view) is not { } times || Gantt.Of(view, events, view.Run.EndedAt!.Value) is not { } chart)
            return null;
        var frames = chart.Rows.SelectMany(row => Frames(row, chart)).OrderBy(frame => frame.At).ToList();
        return new Playback(new SimulationResult(view.Run.State, view.Run.Message, times.Total, view.Steps.Sum(step => Math.Max(step.Attempt - 1, 0)), times.Path, frames));
    }

    private static IEnumerable<SimulationFrame> Frames(GanttRow row, Gantt chart)
    {
        yield return Frame(row, chart, chart.From, StepState.Blocked, 0);
        for (var i = 0; i < row.Bars.Count; i++)
        {
            var bar = row.Bars[i];
            yield return Frame(row, chart, bar.From, During(bar.Phase), bar.Attempt);
            if (i + 1 == row.Bars.Count)
                yield return Frame(row, chart, bar.To, row.Step.State, row.Step.Attempt);
            else if (row.Bars[i + 1].From > bar.To)
                yield return Frame(row, chart, bar.To, StepState.Failed, bar.Attempt);
        }

        if (row.Bars.Count == 0 && row.Step.EndedAt is { } end)
            yield return Frame(row, chart, end, row.Step.State, row.Step.Attempt);
    }

    private static SimulationFrame Frame(GanttRow row, Gantt chart, DateTimeOffset at, StepState state, int attempt) =>
        new(at > chart.From ? at - chart.From : TimeSpan.Zero, row.Step.Node, state, attempt, 0, state == row.Step.State ? row.Step.Message : "");

    private static StepState During(StepPhase phase) => phase switch
    {
        StepPhase.Waiting => StepState.Ready,
        StepPhase.Planning => StepState.Planning,
        StepPhase.Asking => StepState.AwaitingApproval,
        StepPhase.Applying => StepState.Applying,
        StepPhase.Verifying => StepState.Verifying,
        _ => StepState.Unknown,
    };
}
