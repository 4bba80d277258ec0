using Fabric.Workflows.Engine;
using Fabric.Workflows.Executors.Terraform.Plans;
using Fabric.Workflows.Runs;

namespace Fabric.Workflows.Executors.Terraform;

/// <summary>Works on cloud resources through Terraform: a plan is made, shown, agreed to, and that very plan is applied, once.</summary>
public sealed class TerraformExecutor : IExecutor
{
    private readonly Workshop shop;
    private readonly PlanMaker plans;
    private readonly Applier applier;
    private readonly Drift.DriftCheck checks;
    private readonly HandOver handOver;

    /// <summary>Works in one cell.</summary>
    public TerraformExecutor(Workshop shop)
    {
        this.shop = shop;
        var guard = new WorkspaceGuard(shop, new Recovery(shop));
        plans = new PlanMaker(shop, guard);
        applier = new Applier(shop, plans, guard);
        checks = new Drift.DriftCheck(shop);
        handOver = new HandOver(shop, guard);
    }

    /// <inheritdoc/>
    public string Name => ExecutorNames.Terraform;

    /// <inheritdoc/>
    /// <remarks>Processes are bounded by <see cref="Places"/>, for as long as they run; here only looks at them are.</remarks>
    public int Budget => 256;

    /// <inheritdoc/>
    public bool PlansOutside => true;

    /// <inheritdoc/>
    public async ValueTask<StepResult> PlanAsync(StepContext step, CancellationToken cancellationToken) =>
        step.UnknownPaths.Count > 0 ? StepResult.Planned(ConfigPlan.Make(step)) : await WholeAsync(step, await plans.PlanAsync(step, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<StepResult> ApplyAsync(StepContext step, CancellationToken cancellationToken) =>
        await WholeAsync(step, await applier.ApplyAsync(step, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<StepResult> LookAsync(StepContext step, CancellationToken cancellationToken) =>
        await WholeAsync(step, await applier.LookAsync(step, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask CancelAsync(StepContext step, CancellationToken cancellationToken)
    {
        // While a run is planned that makes it, there is no entity yet.
        foreach (var lease in await shop.Leases.OpenOfAsync(step.Run.Id, step.Step.Node, cancellationToken))
            shop.Interrupt(lease);
    }

    /// <inheritdoc/>
    public async ValueTask<StepResult> CheckAsync(StepContext step, CancellationToken cancellationToken) => await checks.CheckAsync(step, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<StepResult> HandOverAsync(StepContext step, CancellationToken cancellationToken) => await handOver.LetGoAsync(step, cancellationToken);

    /// <summary>
    /// A result with all that it must say. What ends with outputs ends well only when they are those that the type promises, for what comes
    /// after binds them. A deletion that failed says what the state still holds: that is what stays, should a person go on without it.
    /// </summary>
    private async ValueTask<StepResult> WholeAsync(StepContext step, StepResult result, CancellationToken ct)
    {
        // What stood well before it was looked at so closely goes on.
        if (result.Outputs is not null && !(result.Kind is StepResultKind.Planned && step.Entity is { State: Environments.EntityState.Ready }))
            return await ModuleOutputs.BrokenAsync(step, shop, ct) is { } broken ? StepResult.Terminal(Reasons.OutputsBroken, broken) : result;
        if (step.Step.Action is not PlanAction.Delete || step.Entity is not { } entity || result.Kind is not (StepResultKind.Transient or StepResultKind.Terminal or StepResultKind.NotApplied))
            return result;
        var stands = StateResources.Read(await shop.States.ReadAsync(entity.Id, ct)).Addresses.Order(StringComparer.Ordinal);
        return result with { Left = [.. stands.Select(address => new ResourceChange(address, StateResources.TypeOf(address), PlanAction.Delete, []))] };
    }
}
