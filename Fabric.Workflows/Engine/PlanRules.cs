using System.Text.Json.Nodes;
using Fabric.Workflows.Runs;

namespace Fabric.Workflows.Engine;

/// <summary>What an approved plan covers when the real one becomes known.</summary>
public static class PlanRules
{
    /// <summary>Whether a step may go on with its real plan: it stays inside the one that was approved, or is the one a person said yes to.</summary>
    public static bool Covers(Step step, StepPlan real) => step.Plan switch
    {
        null => true,
        { Unapproved: false } approved when Covers(approved, real) => true,
        _ => real.InputsHash is not null && step.ApprovedHash == real.InputsHash,
    };

    /// <summary>Whether <paramref name="real"/> stays inside what was approved for the step.</summary>
    public static bool Covers(StepPlan approved, StepPlan real)
    {
        if (AsksMore(approved, real))
            return false;
        if (approved.Complete)
            return (approved.InputsHash == real.InputsHash && approved.Action == real.Action) || IsRestOf(approved, real);
        return real.Action == PlanAction.None || approved.Action switch
        {
            PlanAction.Create => real.Action is PlanAction.Create,
            PlanAction.Update or PlanAction.KnownAfterApply => real.Action is PlanAction.Update,
            PlanAction.Replace => real.Action is PlanAction.Update or PlanAction.Replace,
            PlanAction.Delete => real.Action is PlanAction.Delete,
            _ => false,
        };
    }

    /// <summary>Whether a rule asks the vendor of the real plan what it did not ask of the approved one: of what was not known, no rule could say anything.</summary>
    private static bool AsksMore(StepPlan approved, StepPlan real) => real.Verdicts.Any(asks =>
        asks.Effect is PolicyEffect.AskVendor && !approved.Verdicts.Any(known => known.Effect is PolicyEffect.AskVendor && known.Rule == asks.Rule && known.Address == asks.Address));

    /// <summary>What is left to do of an approved plan that was cut off: made from the same, and doing nothing to any resource that was not agreed.</summary>
    private static bool IsRestOf(StepPlan approved, StepPlan real) =>
        approved.SourceHash is not null && approved.SourceHash == real.SourceHash && real.Resources.Count > 0
        && real.Resources.All(rest => approved.Resources.Any(agreed => agreed.Address == rest.Address && Leads(agreed, rest)));

    /// <summary>Whether a resource comes to what was agreed for it. A replacement that was cut off between its two halves is a creation.</summary>
    private static bool Leads(ResourceChange agreed, ResourceChange rest) => (agreed.Action, rest.Action) switch
    {
        (PlanAction.Replace, PlanAction.Create) => agreed.Changes.All(field => rest.Changes.FirstOrDefault(f => f.Path == field.Path) is not { } now || Same(field, now)),
        var (then, now) when then == now => now is PlanAction.Delete || rest.Changes.All(field => agreed.Changes.FirstOrDefault(f => Holds(f, field.Path)) is { } before && Same(before, field)),
        _ => false,
    };

    /// <summary>Whether a field is one that was agreed on; a list or map that was not known then holds all that is in it.</summary>
    private static bool Holds(FieldChange agreed, string path) => agreed.Path == path
        || (agreed.Unknown && (path.StartsWith(agreed.Path + ".", StringComparison.Ordinal) || path.StartsWith(agreed.Path + "[", StringComparison.Ordinal)));

    /// <summary>Whether a field becomes what was agreed; what is not known yet, then or now, follows from what was.</summary>
    private static bool Same(FieldChange agreed, FieldChange now) => agreed.Unknown || now.Unknown || JsonNode.DeepEquals(agreed.After, now.After);

    /// <summary>Classes of change that nobody should be surprised by.</summary>
    public static bool IsRisky(PlanAction action) => action is PlanAction.Delete or PlanAction.Replace or PlanAction.HandOver;
}
