using Fabric.Workflows.Engine;

namespace Fabric.Workflows.Executors.Terraform.Drift;

/// <summary>What every decision on a finding asks first.</summary>
internal static class DecisionGuard
{
    /// <summary>A fault when a finding is not to be decided on any more.</summary>
    public static OperationFault? Decidable(DriftFinding finding) => finding.State is DriftState.Open or DriftState.Ignored
        ? null
        : new OperationFault(FaultKind.WrongState, "WrongState", $"The difference of {finding.Address} is {finding.State}; only one that is Open or Ignored can be decided on.");

    /// <summary>A fault when a finding is not to be decided on any more, or differs otherwise than whoever decides has seen.</summary>
    /// <param name="finding">The finding.</param>
    /// <param name="fingerprint">What they saw; null when they do not say.</param>
    public static OperationFault? Decidable(DriftFinding finding, string? fingerprint) => Decidable(finding) ?? (fingerprint is null || fingerprint == finding.Fingerprint()
        ? null
        : new OperationFault(FaultKind.PreconditionFailed, "FindingChanged", $"{finding.Address} differs otherwise than when you looked: a later look saw it anew. Read it again, then decide.", "fingerprint"));

    /// <summary>A fault when nobody says why.</summary>
    public static OperationFault? Reasoned(string reason, string verb) => string.IsNullOrWhiteSpace(reason)
        ? new OperationFault(FaultKind.Invalid, "ReasonMissing", $"To {verb} a difference needs a reason.", "reason")
        : null;
}
