using Fabric.Workflows.Engine;
using Fabric.Workflows.Runs;
using Fabric.Workflows.Tenancy;

namespace Fabric.Workflows.Executors.Terraform.Drift;

/// <summary>Brings back what was deployed: an apply run plans it like any other change. Pure.</summary>
public static class RevertDrift
{
    /// <summary>The finding once its run was asked for; the next look tells whether it is gone.</summary>
    public static Outcome<DriftFinding> Decide(DriftFinding finding, Actor actor) => DecisionGuard.Decidable(finding) is { } fault
        ? fault
        : finding with { State = DriftState.Reverting, DecidedBy = actor.Name, Until = null, Reason = "" };

    /// <summary>A finding as it stands: what is being reverted is open again when the run that was to do so ended without it.</summary>
    /// <param name="finding">The finding.</param>
    /// <param name="applies">The environment's apply runs, the newest first.</param>
    public static DriftFinding Beside(DriftFinding finding, IEnumerable<Run> applies)
    {
        var runs = applies.ToList();
        var at = runs.FindIndex(run => run.Why == Why(finding));
        // A run that took the place of another brings back what that one was to.
        while (at > 0 && runs[at].State is RunState.Superseded)
            at--;
        var newest = at < 0 ? null : runs[at];
        var ended = newest?.State switch
        {
            RunState.Failed => "failed",
            RunState.Cancelled => "was cancelled",
            RunState.Superseded => "gave way to another",
            _ => null,
        };
        return finding.State is DriftState.Reverting && ended is not null
            ? finding with { State = DriftState.Open, Reason = $"Run {newest!.Number}, which was to bring it back, {ended}. {newest.Message}".TrimEnd() }
            : finding;
    }

    /// <summary>Why the run is started, for its page.</summary>
    public static string Why(DriftFinding finding) => $"Brings {finding.Address} of {finding.Node} back to what was deployed.";
}
