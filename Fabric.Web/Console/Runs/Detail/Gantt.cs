using System.Globalization;
using Fabric.Web.Live;
using Fabric.Workflows.Runs;

namespace Fabric.Web.ConsoleView.Runs.Detail;

/// <summary>One step in time.</summary>
/// <param name="Step">The step.</param>
/// <param name="Bars">What it spent its time on.</param>
public sealed record GanttRow(Step Step, IReadOnlyList<GanttBar> Bars)
{
    /// <summary>The same in words.</summary>
    public string Words(Func<TimeSpan, string> say) => Bars.Count == 0 ? "It has not begun." : string.Join(
        ". ", Bars.GroupBy(bar => bar.Attempt).Select(attempt => $"Attempt {attempt.Key}: {string.Join(", ", attempt.Select(bar => $"{bar.Phase.ToString().ToLowerInvariant()} {say(bar.Took)}{(bar.Failed ? ", failed" : "")}"))}")) + ".";
}

/// <summary>A run in time: a row per step, a bar per stretch of an attempt.</summary>
/// <param name="From">When the run began to work, UTC.</param>
/// <param name="To">When it ended; now, while it goes.</param>
/// <param name="Rows">In order of execution.</param>
public sealed record Gantt(DateTimeOffset From, DateTimeOffset To, IReadOnlyList<GanttRow> Rows)
{
    /// <summary>Draws a run; null before it began to work.</summary>
    /// <param name="run">The run.</param>
    /// <param name="events">Its journal, oldest first.</param>
    /// <param name="now">UTC.</param>
    public static Gantt? Of(RunView run, IReadOnlyList<RunEvent> events, DateTimeOffset now)
    {
        if (run.Run.StartedAt is not { } from)
            return null;
        var to = run.Run.EndedAt ?? now;
        var lines = events.Where(line => line.Node is not null).ToLookup(line => line.Node!, StringComparer.Ordinal);
        var steps = run.Steps.ToDictionary(step => step.Node, StringComparer.Ordinal);
        return new Gantt(from, to > from ? to : from, [.. run.Steps.OrderBy(step => step.Order).Select(step => new GanttRow(step, StepPhases.Of(step, [.. lines[step.Node]], Free(step, steps, from), to)))]);
    }

    /// <summary>Left edge and width of a bar as CSS, in hundredths of the whole.</summary>
    public string Style(GanttBar bar)
    {
        var left = Place(bar.From);
        return string.Create(CultureInfo.InvariantCulture, $"left: {left:0.##}%; width: {Math.Max(Place(bar.To) - left, 0):0.##}%");
    }

    private double Place(DateTimeOffset at) => To > From ? Math.Clamp(100 * ((at - From) / (To - From)), 0, 100) : 0;

    /// <summary>When everything a step waits for had let go; null while something has not, or nobody knows.</summary>
    private static DateTimeOffset? Free(Step step, Dictionary<string, Step> steps, DateTimeOffset start)
    {
        var before = step.DependsOn.Select(steps.GetValueOrDefault).OfType<Step>().ToList();
        return before.All(other => other.State.LetsGo() && other.EndedAt is not null) ? before.Select(other => other.EndedAt!.Value).Append(start).Max() : null;
    }
}
