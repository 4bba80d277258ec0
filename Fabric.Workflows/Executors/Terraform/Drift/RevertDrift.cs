using Fabric.Workflows.Engine;
using Fabric.Workflows.Tenancy;

namespace Fabric.Workflows.Executors.Terraform.Drift;

/// <summary>Brings back what was deployed: an apply run plans it like any other change. Pure.</summary>
public static class RevertDrift
{
    /// <summary>The finding once its run was asked for; the next look tells whether it is gone.</summary>
    public static Outcome<DriftFinding> Decide(DriftFinding finding, Actor actor) => DecisionGuard.Decidable(finding) is { } fault
        ? fault
        : finding with { State = DriftState.Reverting, DecidedBy = actor.Name, Until = null, Reason = "" };

    /// <summary>Why the run is started, for its page.</summary>
    public static string Why(DriftFinding finding) => $"Brings {finding.Address} of {finding.Node} back to what was deployed.";
}
