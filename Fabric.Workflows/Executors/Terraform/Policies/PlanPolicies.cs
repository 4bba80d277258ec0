using Fabric.Workflows.Executors.Terraform.Plans;
using Fabric.Workflows.Runs;

namespace Fabric.Workflows.Executors.Terraform.Policies;

/// <summary>The rules every plan is held against. Pure: a plan and what is allowed go in, verdicts come out.</summary>
public static class PlanPolicies
{
    /// <summary>Rule: what is marked protected is deleted or replaced only by a person's own yes.</summary>
    public const string Protected = "protected";

    /// <summary>Rule: nothing becomes reachable from everywhere.</summary>
    public const string PublicExposure = "public-exposure";

    /// <summary>Rule: only in the regions the account allows, the environment and each resource of it.</summary>
    public const string AllowedRegions = "allowed-regions";

    /// <summary>Rule: a change that deletes much needs the vendor.</summary>
    public const string ManyDeletes = "many-deletes";

    /// <summary>Rule: nothing is left standing in nobody's care without the vendor.</summary>
    public const string LeftStanding = "left-standing";

    /// <summary>What the rules say of a plan.</summary>
    /// <param name="step">The step.</param>
    /// <param name="resources">What the plan does, resource by resource, whole.</param>
    /// <param name="allowed">What is allowed.</param>
    public static IReadOnlyList<PolicyVerdict> Check(StepContext step, IReadOnlyList<PlannedResource> resources, PolicyBounds allowed)
    {
        var verdicts = new List<PolicyVerdict>();
        if (allowed.Regions.Count > 0 && step.Config is not null && !allowed.Regions.Contains(step.Environment.Region))
            verdicts.Add(new PolicyVerdict(AllowedRegions, PolicyEffect.Deny, "", $"The environment is in {step.Environment.Region}; its account allows {string.Join(", ", allowed.Regions)}."));
        verdicts.AddRange(PlaceRule.Of(resources, allowed.Regions));
        var gone = resources.Where(resource => resource.Action is PlanAction.Delete or PlanAction.Replace).ToList();
        if (step.Step.Protect)
            verdicts.AddRange(gone.Select(resource => new PolicyVerdict(Protected, PolicyEffect.Warn, resource.Address, $"{step.Step.Node} is protected, and {resource.Address} would be {(resource.Action is PlanAction.Delete ? "deleted" : "replaced")}.")));
        if (step.Run.Kind is not RunKind.Destroy && gone.Count > allowed.MostDeletes)
            verdicts.Add(new PolicyVerdict(ManyDeletes, PolicyEffect.AskVendor, "", $"{gone.Count} resources would be deleted or replaced; more than {allowed.MostDeletes} need the vendor's yes."));
        verdicts.AddRange(resources.Where(resource => resource.IsForgotten).Select(resource => new PolicyVerdict(LeftStanding, PolicyEffect.AskVendor, resource.Address, $"{resource.Address} would leave Terraform's care and stay where it is: nothing changes or destroys it any more, also when {step.Step.Node} is destroyed.")));
        verdicts.AddRange(Exposure.Of(resources, step.Run.Kind is RunKind.Destroy, allowed.PublicExposure));
        return verdicts;
    }
}

/// <summary>What the rules allow.</summary>
/// <param name="MostDeletes">Resources that a change may delete or replace without the vendor.</param>
/// <param name="PublicExposure">What becomes of a plan that opens something to everybody.</param>
/// <param name="Regions">Regions of the account; empty for any.</param>
public sealed record PolicyBounds(int MostDeletes, PolicyEffect PublicExposure, IReadOnlyList<string> Regions);
