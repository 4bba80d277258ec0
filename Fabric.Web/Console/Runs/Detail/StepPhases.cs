using Fabric.Workflows.Runs;

namespace Fabric.Web.ConsoleView.Runs.Detail;

/// <summary>Reads what a step spent its time on from its row and its lines in the journal.</summary>
public static class StepPhases
{
    /// <summary>The stretches in order; none of a step that has not been free to go.</summary>
    /// <param name="step">The step.</param>
    /// <param name="events">Its own lines, oldest first.</param>
    /// <param name="free">When all it waits for had let go; null when that is not known.</param>
    /// <param name="until">When what has not ended is cut: now, or the end of the run.</param>
    public static IReadOnlyList<GanttBar> Of(Step step, IReadOnlyList<RunEvent> events, DateTimeOffset? free, DateTimeOffset until)
    {
        var reading = new Reading();
        DateTimeOffset? first = events.Count > 0 ? events[0].At : null;
        var begun = first < step.StartedAt ? null : step.StartedAt;
        if (free is { } at && (begun ?? first ?? until) > at)
            reading.Turn(at, StepPhase.Waiting, 1);
        if (begun is { } start)
            reading.Turn(start, step.Kind is StepKind.Entity ? StepPhase.Planning : StepPhase.Applying, 1);
        foreach (var line in events)
            reading.Read(line);
        reading.Turn(step.EndedAt ?? until, null, step.Attempt);
        return reading.Bars;
    }

    private sealed class Reading
    {
        private readonly List<GanttBar> bars = [];
        private DateTimeOffset since;
        private StepPhase? phase;
        private int attempt = 1;

        public IReadOnlyList<GanttBar> Bars => bars;

        public void Read(RunEvent line)
        {
            switch (line.Kind)
            {
                case "StepStarted":
                    Turn(line.At, StepPhase.Applying, line.Attempt);
                    break;
                case "StepVerifying":
                    Turn(line.At, StepPhase.Verifying, line.Attempt);
                    break;
                case "StepProgress" when phase is StepPhase.Unseen:
                    Turn(line.At, StepPhase.Applying, line.Attempt);
                    break;
                case "StepUnknown":
                    Turn(line.At, StepPhase.Unseen, line.Attempt);
                    break;
                case "StepAwaitingApproval":
                    Turn(line.At, StepPhase.Asking, attempt);
                    break;
                case "StepApproved":
                    Turn(line.At, StepPhase.Planning, attempt);
                    break;
                case "StepRetry":
                    Turn(line.At, StepPhase.Waiting, line.Attempt + 1, failed: phase is not null);
                    break;
                case "StepFailed":
                    Turn(line.At, null, attempt, failed: true);
                    break;
                case "StepSucceeded" or "StepSkipped" or "StepCancelled":
                    Turn(line.At, null, attempt);
                    break;
            }
        }

        /// <summary>Ends what went on and begins the next; what took no time is left out.</summary>
        public void Turn(DateTimeOffset at, StepPhase? next, int of, bool failed = false)
        {
            if (phase is { } before && at > since)
                bars.Add(new GanttBar(attempt, before, since, at, failed));
            (since, phase, attempt) = (at, next, Math.Max(of, 1));
        }
    }
}
