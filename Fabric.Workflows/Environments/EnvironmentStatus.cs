using Fabric.Workflows.Runs;

namespace Fabric.Workflows.Environments;

/// <summary>The one function that says how an environment is.</summary>
public static class EnvironmentStatus
{
    /// <summary>Derives the state.</summary>
    /// <param name="entities">Its entities.</param>
    /// <param name="active">The changing run that is going; null when none is.</param>
    /// <param name="last">The changing run that ended last; null when none has.</param>
    /// <param name="deployedGeneration">0 before the first full deployment.</param>
    public static (EnvironmentState State, string Reason, string Message) Derive(
        IEnumerable<Entity> entities, Run? active, Run? last, int deployedGeneration)
    {
        if (active is { State: not RunState.Pending })
            return OfActive(active, deployedGeneration);
        if (last is { Kind: RunKind.Destroy, State: RunState.Succeeded })
            return (EnvironmentState.Destroyed, "", Ended(entities));
        if (last is { Kind: RunKind.HandOver, State: RunState.Succeeded })
            return (EnvironmentState.HandedOver, "", Given(entities));
        var bad = entities.FirstOrDefault(entity => !entity.NoOp && entity.State is EntityState.Failed);
        if (bad is not null)
            return (EnvironmentState.Failed, bad.Reason, $"{bad.Node}: {bad.Message}");
        bad = entities.FirstOrDefault(entity => !entity.NoOp && entity.State is EntityState.Degraded);
        if (bad is not null)
            return (EnvironmentState.Degraded, bad.Reason, $"{bad.Node}: {bad.Message}");
        if (entities.FirstOrDefault(entity => entity.State is EntityState.HandedOver) is { } given)
            return (EnvironmentState.Degraded, "", $"{given.Node} was handed over, and the rest was not: hand it over too, or apply to take {given.Node} back.");
        if (last is { State: RunState.Failed })
            return (EnvironmentState.Failed, last.Reason, last.Message);
        return deployedGeneration > 0
            ? (EnvironmentState.Ready, "", "")
            : (EnvironmentState.Draft, last?.Reason ?? "", last?.Message ?? "Nothing was deployed yet.");
    }

    private static string Ended(IEnumerable<Entity> entities)
    {
        var left = entities.Where(entity => entity.State is EntityState.Abandoned or EntityState.HandedOver).Select(entity => entity.Node).Order(StringComparer.Ordinal).ToList();
        return left.Count == 0 ? "Everything Fabric made is gone." : $"Left behind by a person's decision: {string.Join(", ", left)}. Everything else Fabric made is gone.";
    }

    private static string Given(IEnumerable<Entity> entities)
    {
        var given = entities.Where(entity => entity.State is EntityState.HandedOver).Select(entity => entity.Node).Order(StringComparer.Ordinal).ToList();
        return given.Count == 0 ? "There was nothing to hand over." : $"Handed over to its owner: {string.Join(", ", given)}. Nothing of it was touched, and Fabric looks after it no more.";
    }

    private static (EnvironmentState State, string Reason, string Message) OfActive(Run active, int deployedGeneration)
    {
        var state = active.Kind switch
        {
            RunKind.Destroy => EnvironmentState.Destroying,
            _ when deployedGeneration == 0 => EnvironmentState.Provisioning,
            _ => EnvironmentState.Updating,
        };
        return (state, active.State is RunState.AwaitingApproval or RunState.Paused ? active.State.ToString() : "", active.Message);
    }
}
