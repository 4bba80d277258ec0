using Fabric.Workflows.Engine;
using Fabric.Workflows.Runs;
using Fabric.Workflows.Tenancy;

namespace Fabric.Workflows.Executors.Terraform.Drift;

/// <summary>Lets an attribute of a type differ without a finding, in one environment. Pure.</summary>
/// <param name="Mute">The attribute from now on.</param>
/// <param name="Findings">Findings that are another by it, as they were and as they are: those of which nothing is left are gone.</param>
public sealed record MuteDrift(DriftMute Mute, IReadOnlyList<(DriftFinding Before, DriftFinding After)> Findings)
{
    /// <summary>Mutes an attribute of a finding.</summary>
    /// <param name="finding">The finding a person looks at.</param>
    /// <param name="all">Every finding of the environment that is not gone.</param>
    /// <param name="actor">Who mutes it.</param>
    /// <param name="path">Dotted path of the attribute; what is below it is muted too.</param>
    /// <param name="reason">Why, in the actor's words.</param>
    /// <param name="now">UTC.</param>
    public static Outcome<MuteDrift> Decide(DriftFinding finding, IReadOnlyList<DriftFinding> all, Actor actor, string path, string reason, DateTimeOffset now)
    {
        if ((DecisionGuard.Decidable(finding) ?? DecisionGuard.Reasoned(reason, "mute")) is { } fault)
            return fault;
        if (finding.Action is PlanAction.Delete)
            return new OperationFault(FaultKind.WrongState, "ResourceGone", $"{finding.Address} is gone as a whole; no attribute of it can be muted. Revert it to have it made again.");
        var mute = new DriftMute
        {
            Id = Guid.CreateVersion7(now),
            Tenant = finding.Tenant,
            EnvironmentId = finding.EnvironmentId,
            Type = finding.Type,
            Path = path.Trim(),
            Reason = reason.Trim(),
            ActorName = actor.Name,
            At = now,
        };
        var heard = Heard(finding, mute);
        if (mute.Path.Length == 0 || heard is not null && heard.Changes.Count == finding.Changes.Count)
            return new OperationFault(FaultKind.Invalid, "UnknownAttribute", $"'{path}' is no attribute in which {finding.Address} differs; it differs in {string.Join(", ", finding.Changes.Take(5).Select(change => change.Path))}.", "path");
        return new MuteDrift(mute, [.. from one in all where DecisionGuard.Decidable(one) is null let after = After(one, mute, actor) where after != one select (one, after)]);
    }

    private static DriftFinding After(DriftFinding finding, DriftMute mute, Actor actor)
    {
        if (finding.Type != mute.Type)
            return finding;
        var heard = Heard(finding, mute);
        if (heard is null)
            return finding with { State = DriftState.Gone, Until = null, Reason = mute.Reason, DecidedBy = actor.Name };
        return heard.Changes.Count == finding.Changes.Count ? finding : finding with { Changes = heard.Changes };
    }

    private static ResourceChange? Heard(DriftFinding finding, DriftMute mute) => DriftRules.Heard(new ResourceChange(finding.Address, finding.Type, finding.Action, finding.Changes), [mute]);
}
