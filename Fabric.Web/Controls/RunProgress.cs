using Fabric.Web.Live;
using Fabric.Workflows.Runs;

namespace Fabric.Web.Controls;

/// <summary>What the bar of a run says.</summary>
public static class RunProgress
{
    private static readonly (string Action, string Word)[] Acts = [("resume", "Resume"), ("pause", "Pause"), ("cancel", "Cancel")];

    /// <summary>Where it is: step k of n.</summary>
    public static string Where(Run run) => run.State switch
    {
        RunState.Pending or RunState.Planning => run.StepsTotal == 0 ? "Planning" : $"Planning {run.StepsTotal} steps",
        RunState.AwaitingApproval => $"{run.StepsTotal} steps planned",
        _ => $"Step {Math.Min(run.StepsDone + 1, run.StepsTotal)} of {run.StepsTotal}",
    };

    /// <summary>What it does now, in one sentence.</summary>
    public static string Now(RunView view)
    {
        if (view.Run.CancelRequested && !view.Run.State.IsTerminal())
            return "Stopping: nothing new starts, what is under way ends first";
        var going = view.Steps.Where(step => step.State.IsInFlight()).ToList();
        return going switch
        {
            [] when view.Steps.FirstOrDefault(step => step.State is StepState.AwaitingApproval) is { } gate => $"{gate.Node} needs approval",
            [] => view.Run.Message,
            [var one] => $"{StateStyle.Of(one.State.ToString()).Word} {one.Node}{(one.Message.Length > 0 ? $": {one.Message}" : "")}",
            _ => $"Working on {string.Join(", ", going.Take(3).Select(step => step.Node))}{(going.Count > 3 ? $" and {going.Count - 3} more" : "")}",
        };
    }

    /// <summary>Done, 0 to 100.</summary>
    public static int Percent(Run run) => run.StepsTotal == 0 ? 0 : 100 * run.StepsDone / run.StepsTotal;

    /// <summary>How long it has gone, or went.</summary>
    public static TimeSpan Lasts(Run run, DateTimeOffset now) => (run.EndedAt ?? now) - (run.StartedAt ?? run.CreatedAt);

    /// <summary>Buttons this person has now.</summary>
    public static IEnumerable<(string Action, string Word)> Buttons(RunView view) => Acts.Where(act => view.Allowed.Contains(act.Action));
}
