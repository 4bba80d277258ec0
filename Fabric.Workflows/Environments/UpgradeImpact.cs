using System.Text.Json.Nodes;
using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Executors;
using Fabric.Workflows.Runs;

namespace Fabric.Workflows.Environments;

/// <summary>An environment as it is and as it is wanted.</summary>
/// <param name="Environment">Its row.</param>
/// <param name="Desired">Its newest generation with all it refers to, the types that stand included.</param>
/// <param name="Values">Its own layer of configuration.</param>
/// <param name="Entities">What is deployed.</param>
public sealed record Standing(FabricEnvironment Environment, DesiredState Desired, JsonObject Values, IReadOnlyList<Entity> Entities);

/// <summary>What another version of its blueprint would do to an environment.</summary>
/// <param name="Faults">Why it cannot become that version; empty when it can.</param>
/// <param name="Steps">The steps of the upgrade; empty when there are faults.</param>
public sealed record UpgradeVerdict(IReadOnlyList<OperationFault> Faults, IReadOnlyList<Step> Steps)
{
    /// <summary>Whether it can become that version with the configuration it has.</summary>
    public bool CanUpgrade => Faults.Count == 0;
}

/// <summary>
/// Tells what a version would do to an environment before anybody upgrades it, by the checks that an upgrade makes and the planning that
/// its run would do. Pure but for the executors' look at their own state.
/// </summary>
public static class UpgradeImpact
{
    /// <summary>The verdict.</summary>
    /// <param name="standing">The environment.</param>
    /// <param name="target">The version, or a draft compiled.</param>
    /// <param name="types">Where types come from.</param>
    /// <param name="executors">Finds the executor of a step; null for one that is not installed here.</param>
    /// <param name="now">UTC.</param>
    public static UpgradeVerdict Of(Standing standing, CompiledBlueprint target, EntityCatalogLookup types, Func<string, IExecutor?> executors, DateTimeOffset now)
    {
        var (environment, before) = (standing.Environment, standing.Desired.Generation);
        if (environment.State is EnvironmentState.Destroying || environment.State.IsOver())
            return new UpgradeVerdict([new OperationFault(FaultKind.WrongState, "WrongState", $"It is {environment.State}.")], []);
        var wish = new Wish(target, environment.Cloud, standing.Values, before.NoOp, before.Adopted);
        var values = DesiredBuilder.Check(wish, types);
        if (!values.Succeeded)
            return new UpgradeVerdict(values.Faults, []);
        var generation = before with { Number = environment.Generation + 1, BlueprintVersion = target.Version, Parameters = values.Value.Values };
        var desired = new DesiredState(generation, target, DesiredBuilder.TypesOf(target, types)).Including(standing.Desired);
        var steps = WhatIf.Apply(environment, desired, standing.Entities, executors, now);
        return RunPlanning.Missing(executors, steps) is { Count: > 0 } missing ? new UpgradeVerdict(missing, []) : new UpgradeVerdict([], steps);
    }
}
