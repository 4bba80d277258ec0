using Fabric.Workflows.Environments;
using Fabric.Workflows.Executors;
using Fabric.Workflows.Runs;

namespace Fabric.Workflows.Engine;

/// <summary>The plan of a change that nobody made yet: the very planning a run would do, on a copy.</summary>
public static class WhatIf
{
    /// <summary>The steps an apply would have if <paramref name="desired"/> were wanted now. Nothing is changed.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="desired">What would be wanted, knowing also the types that stand.</param>
    /// <param name="entities">What is deployed.</param>
    /// <param name="executors">Finds the executor of a step; null for one that is not installed here.</param>
    /// <param name="now">UTC.</param>
    public static IReadOnlyList<Step> Apply(
        FabricEnvironment environment, DesiredState desired, IEnumerable<Entity> entities, Func<string, IExecutor?> executors, DateTimeOffset now)
    {
        var run = new Run
        {
            Id = Guid.Empty,
            Tenant = environment.Tenant,
            EnvironmentId = environment.Id,
            Number = 0,
            Kind = RunKind.Apply,
            Generation = desired.Generation.Number,
            BlueprintVersion = desired.Generation.BlueprintVersion,
            ActorId = "",
            ActorName = "",
            CreatedAt = now,
        };
        var state = new OwnerState
        {
            Environment = environment,
            Entities = entities.ToDictionary(entity => entity.Node, StringComparer.Ordinal),
            Desired = new Dictionary<int, DesiredState> { [desired.Generation.Number] = desired },
        };
        return RunPlanning.Preview(EntitiesToBe.In(state, desired, now), executors, run, desired);
    }
}
