using Fabric.Workflows.Executors;
using Fabric.Workflows.Runs;

namespace Fabric.Workflows.Engine.Simulation;

/// <summary>Operations inside a graph, which the sandbox cloud does in no time of its own: each takes a little.</summary>
internal sealed class SimulatedAction(SimulationWish wish, TimeProvider time) : IExecutor
{
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(5);

    public string Name => ExecutorNames.Action;

    public int Budget => 4096;

    public ValueTask<StepResult> PlanAsync(StepContext step, CancellationToken cancellationToken) => new(StepResult.Planned(new StepPlan(PlanAction.Update, [], true, null)));

    public ValueTask<StepResult> ApplyAsync(StepContext step, CancellationToken cancellationToken) => LookAsync(step, cancellationToken);

    public ValueTask<StepResult> LookAsync(StepContext step, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var until = (step.Step.StartedAt ?? now) + (wish.Of(step.Step.Node).Duration ?? Usual);
        return new(until <= now ? StepResult.Completed() : StepResult.InProgress(until - now, "Working."));
    }

    public ValueTask CancelAsync(StepContext step, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask<StepResult> CheckAsync(StepContext step, CancellationToken cancellationToken) => new(StepResult.Completed());
}
