using Fabric.Workflows.Engine;
using Fabric.Workflows.Tenancy;

namespace Fabric.Workflows.Executors.Terraform.Drift;

/// <summary>Leaves a finding as it is until a date; then it is open again. Pure.</summary>
public static class IgnoreDrift
{
    /// <summary>The longest that a finding may be ignored: what is to differ for ever is for the configuration, or muted.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(365);

    /// <summary>The finding as it is ignored.</summary>
    /// <param name="finding">The finding.</param>
    /// <param name="fingerprint">What the actor saw of it; null when they do not say.</param>
    /// <param name="actor">Who ignores it.</param>
    /// <param name="until">Until when, UTC.</param>
    /// <param name="reason">Why, in the actor's words.</param>
    /// <param name="now">UTC.</param>
    public static Outcome<DriftFinding> Decide(DriftFinding finding, string? fingerprint, Actor actor, DateTimeOffset until, string reason, DateTimeOffset now)
    {
        if ((DecisionGuard.Decidable(finding, fingerprint) ?? DecisionGuard.Reasoned(reason, "ignore")) is { } fault)
            return fault;
        if (until <= now)
            return new OperationFault(FaultKind.Invalid, "DatePassed", "The date until which it is ignored must lie ahead.", "until");
        if (until - now > Longest)
            return new OperationFault(FaultKind.Invalid, "DateTooFar", $"A difference can be ignored for {Longest.Days} days at most. What is to stay so belongs into the configuration, or its attribute is muted.", "until");
        // A copy, so that what was decided on is written with the decision: should a look write between, the next one sees what is new.
        return finding with { Changes = [.. finding.Changes], State = DriftState.Ignored, Until = until, Reason = reason.Trim(), DecidedBy = actor.Name };
    }
}
