using System.Text.Json.Nodes;
using Fabric.Workflows.Runs;

namespace Fabric.Workflows.Environments;

/// <summary>What a step's change means for its entity. One function, so that entity and step cannot tell different stories.</summary>
public static class EntityProgress
{
    private const int MostNamed = 100;

    /// <summary>The entity after its step changed.</summary>
    /// <param name="entity">Before.</param>
    /// <param name="step">The step after its transition.</param>
    /// <param name="applied">What a success deployed; ignored otherwise.</param>
    /// <param name="now">UTC.</param>
    public static Entity After(Entity entity, Step step, Applied? applied, DateTimeOffset now)
    {
        var next = step.State switch
        {
            StepState.Succeeded when step.Action is PlanAction.HandOver => HandedOver(entity),
            StepState.Applying or StepState.Failed or StepState.Cancelled when step.Action is PlanAction.HandOver => entity,
            StepState.Applying when step.Attempt > 0 => entity with { State = Working(step.Action), Reason = "", Message = "" },
            StepState.Succeeded when step.Action is PlanAction.Delete => Gone(entity),
            StepState.Succeeded when applied is not null => Deployed(entity, step, applied),
            StepState.Failed when step.Action is not PlanAction.None || entity.Stands =>
                entity with { State = EntityState.Failed, Reason = step.Reason, Message = step.Message },
            StepState.Cancelled when IsHalfway(entity) =>
                entity with { State = EntityState.Degraded, Reason = step.Reason, Message = "Its change was cancelled half-way; what was done stays. The next run brings it in order." },
            StepState.Skipped when step.NoOp && applied is not null => Adopted(entity, applied),
            StepState.Skipped when step is { NoOp: false, Action: PlanAction.Delete or PlanAction.HandOver } && entity.Stands => Abandoned(entity, step),
            _ => entity,
        };
        return next == entity ? entity : next with { UpdatedAt = now };
    }

    private static bool IsHalfway(Entity entity) => entity.State is EntityState.Provisioning or EntityState.Updating or EntityState.Destroying;

    private static EntityState Working(PlanAction action) => action switch
    {
        PlanAction.Create => EntityState.Provisioning,
        PlanAction.Delete => EntityState.Destroying,
        _ => EntityState.Updating,
    };

    private static Entity Gone(Entity entity) =>
        entity with { State = EntityState.Destroyed, Drifted = false, Reason = "", Message = "", Outputs = null, Config = null, Health = null, DeployedGeneration = 0 };

    /// <summary>It stays as it was; what was known of it stays readable.</summary>
    private static Entity HandedOver(Entity entity) =>
        entity with { State = EntityState.HandedOver, Drifted = false, Reason = "", Message = "Handed over: it stands, and Fabric looks after it no more.", Health = null, DeployedGeneration = 0 };

    /// <summary>A person decided to go on without removing it: what is left is named, and why it could not go, and Fabric looks after it no more.</summary>
    private static Entity Abandoned(Entity entity, Step step)
    {
        var left = (step.Plan?.Left ?? step.Plan?.Resources)?.Select(resource => resource.Address).ToList() ?? [];
        var named = left.Count == 0 ? "" : $" Left: {string.Join(", ", left.Take(MostNamed))}{(left.Count > MostNamed ? $" and {left.Count - MostNamed} more" : "")}.";
        var why = entity is { State: EntityState.Failed, Message.Length: > 0 } ? $" It could not be removed: {entity.Message}" : "";
        return entity with { State = EntityState.Abandoned, Drifted = false, Reason = step.Reason, Message = $"{step.Message}{named}{why}" };
    }

    private static Entity Adopted(Entity entity, Applied applied) =>
        entity with { NoOp = true, Outputs = applied.Outputs ?? entity.Outputs, DependsOn = applied.DependsOn };

    private static Entity Deployed(Entity entity, Step step, Applied applied) => entity with
    {
        State = EntityState.Ready,
        NoOp = false,
        Drifted = false,
        Reason = "",
        Message = "",
        Type = applied.Type ?? entity.Type,
        TypeHash = applied.TypeHash ?? entity.TypeHash,
        Protect = step.Protect,
        Config = applied.Config ?? entity.Config,
        Outputs = applied.Outputs ?? entity.Outputs,
        Health = applied.Health ?? entity.Health,
        DependsOn = applied.DependsOn,
        DeployedGeneration = applied.Generation,
    };
}

/// <summary>What a successful step put in place.</summary>
public sealed record Applied(
    int Generation,
    string? Type,
    string? TypeHash,
    JsonObject? Config,
    JsonObject? Outputs,
    JsonObject? Health,
    IReadOnlyList<string> DependsOn);
