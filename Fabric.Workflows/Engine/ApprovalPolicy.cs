using Fabric.Workflows.Environments;
using Fabric.Workflows.Executors;
using Fabric.Workflows.Runs;

namespace Fabric.Workflows.Engine;

/// <summary>Who must say yes before something is deleted or replaced, and whether it may be who asked for it.</summary>
/// <param name="Risky">Whose yes a risky change needs: <c>vendor</c>, <c>customer</c>, <c>both</c>; null for nobody's.</param>
/// <param name="Protected">Whose yes it needs on an entity that is marked protected; always somebody's.</param>
/// <param name="OwnRuns">Whether the person who asked for a run may approve it.</param>
public sealed record ApprovalPolicy(string? Risky = ApprovalPolicy.Customer, string Protected = ApprovalPolicy.Customer, bool OwnRuns = true)
{
    /// <summary>The party that runs Fabric.</summary>
    public const string Vendor = "vendor";

    /// <summary>The party that owns the environment.</summary>
    public const string Customer = "customer";

    /// <summary>One yes of each party.</summary>
    public const string Both = "both";

    /// <summary>The customer approves, and may approve what it asked for itself.</summary>
    public static ApprovalPolicy Default { get; } = new();

    /// <summary>
    /// Whose yes one action on one entity of an environment needs; null for nobody's. <c>autoApprove</c> is the customer's own yes given
    /// ahead: it stands in for nobody else's, and for none on a protected entity.
    /// </summary>
    public string? For(FabricEnvironment environment, Step step)
    {
        if (environment.IsSimulated)
            return null;
        return Join(step.Plan is { AsksVendor: true } ? Vendor : null, PlanRules.IsRisky(step.Action) ? ForRisky(environment, step) : null);
    }

    private string? ForRisky(FabricEnvironment environment, Step step)
    {
        if (step.Protect)
            return Protected;
        if (!environment.AutoApprove)
            return Risky;
        return Risky is Both or Vendor ? Vendor : null;
    }

    /// <summary>
    /// Whose yes a step needs whose real plan goes beyond what was approved for it; null for nobody's. The sandbox cloud, whose executor
    /// does nothing real, is exempt here too.
    /// </summary>
    public string? Beyond(Run run, Step step, StepPlan real)
    {
        if (step.Executor == ExecutorNames.Sandbox || real.Action is PlanAction.None)
            return null;
        var byRule = real.AsksVendor ? Vendor : null;
        return Join(byRule, Join(Join(step.Protect ? Protected : null, PlanRules.IsRisky(real.Action) ? Risky : null), run.ApprovalBy));
    }

    /// <summary>Whose yes satisfies two that ask.</summary>
    public static string? Join(string? one, string? other) => one is null ? other : other is null || other == one ? one : Both;
}
