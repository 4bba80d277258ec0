using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Runs;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Workflows.Executors.Gates;

/// <summary>
/// A gate that does something: an operation of an entity, carried out by that entity's own executor as in an action run. The work
/// is known by the gate's name, for the entity has a step of its own in the same run.
/// </summary>
/// <param name="cell">Knows the entity and its deployed type.</param>
/// <param name="executors">Those that entities have.</param>
public sealed class ActionExecutor(Cell cell, IReadOnlyList<IExecutor> executors) : IExecutor
{
    private readonly CellCatalog catalog = new(cell);

    /// <inheritdoc/>
    public string Name => ExecutorNames.Action;

    /// <inheritdoc/>
    public int Budget => 1000;

    /// <inheritdoc/>
    public ValueTask<StepResult> PlanAsync(StepContext step, CancellationToken cancellationToken) =>
        new(StepResult.Planned(new StepPlan(PlanAction.None, [], true, null)));

    /// <inheritdoc/>
    public ValueTask<StepResult> ApplyAsync(StepContext step, CancellationToken cancellationToken) =>
        OnTargetAsync(step, (executor, target) => executor.ApplyAsync(target, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<StepResult> LookAsync(StepContext step, CancellationToken cancellationToken) =>
        OnTargetAsync(step, (executor, target) => executor.LookAsync(target, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask CancelAsync(StepContext step, CancellationToken cancellationToken) => await OnTargetAsync(
        step,
        async (executor, target) =>
        {
            await executor.CancelAsync(target, cancellationToken);
            return StepResult.Completed();
        },
        cancellationToken);

    /// <inheritdoc/>
    public ValueTask<StepResult> CheckAsync(StepContext step, CancellationToken cancellationToken) => new(StepResult.Completed());

    private async ValueTask<StepResult> OnTargetAsync(StepContext step, Func<IExecutor, StepContext, ValueTask<StepResult>> work, CancellationToken cancellationToken)
    {
        if (ActionGate.Of(step.Config) is not { } gate)
            return StepResult.Terminal(Reasons.OperationMissing, $"{step.Step.Node} names no operation of an entity: it needs node and operation.");
        await using var db = cell.Open(TenantScope.All);
        var entity = await db.Entities.SingleOrDefaultAsync(e => e.EnvironmentId == step.Environment.Id && e.Node == gate.Node, cancellationToken);
        if (entity is { NoOp: true })
            return StepResult.Completed(message: $"{gate.Node} is a no-op: {gate.Operation} is left to who runs it.");
        if (entity is not { Stands: true })
            return StepResult.Terminal(Reasons.OperationMissing, $"{gate.Node} does not stand: there is nothing to {gate.Operation}.");
        if (executors.FirstOrDefault(executor => executor.Name == entity.Executor) is not { } executor)
            return StepResult.Terminal(Reasons.ExecutorMissing, $"{gate.Operation} of {gate.Node} needs the executor {entity.Executor}, which is not installed on this server.");
        var type = entity.Type.Split('@');
        var deployed = await catalog.TypeAsync(type[0], type[1], cancellationToken);
        return deployed.Operations.ContainsKey(gate.Operation)
            ? await work(executor, Target(step, gate, entity, deployed))
            : StepResult.Terminal(Reasons.OperationMissing, $"{entity.Type}, of which {gate.Node} is, has no operation {gate.Operation}.");
    }

    private static StepContext Target(StepContext step, ActionGate gate, Entity entity, Catalog.EntityType type) => step with
    {
        Step = step.Step with { Node = gate.Node, Type = entity.Type, Executor = entity.Executor, Action = PlanAction.Update },
        Entity = entity,
        Type = type,
        Implementation = Placement.Choose(type, step.Environment.Cloud),
        Config = entity.Config is null ? null : SchemaCheck.WithDefaults(entity.Config, type.Config),
        Operation = gate.Operation,
        OperationKey = step.OperationKey,
    };
}
