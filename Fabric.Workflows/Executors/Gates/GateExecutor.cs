using Cronos;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Runs;

namespace Fabric.Workflows.Executors.Gates;

/// <summary>Waits and maintenance windows. Approvals are no work: the planner asks and a person answers.</summary>
public sealed class GateExecutor(TimeProvider time) : IExecutor
{
    /// <inheritdoc/>
    public string Name => ExecutorNames.Gate;

    /// <inheritdoc/>
    public int Budget => 4096;

    /// <inheritdoc/>
    public ValueTask<StepResult> PlanAsync(StepContext step, CancellationToken cancellationToken) =>
        new(StepResult.Planned(new StepPlan(PlanAction.None, [], true, null)));

    /// <inheritdoc/>
    public ValueTask<StepResult> ApplyAsync(StepContext step, CancellationToken cancellationToken) => LookAsync(step, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<StepResult> LookAsync(StepContext step, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return new(step.Step.Kind switch
        {
            StepKind.Wait => Wait(step, now),
            StepKind.Window => Window(step, now),
            _ => StepResult.Terminal(Reasons.ExecutorMissing, $"{step.Step.Node} is a gate of the kind {step.Step.Kind}, which does not wait for a time. Start the run anew."),
        });
    }

    /// <inheritdoc/>
    public ValueTask CancelAsync(StepContext step, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public ValueTask<StepResult> CheckAsync(StepContext step, CancellationToken cancellationToken) => new(StepResult.Completed());

    private static StepResult Wait(StepContext step, DateTimeOffset now)
    {
        var until = (step.Step.StartedAt ?? now) + (step.Gate?.Duration ?? TimeSpan.Zero);
        return until <= now
            ? StepResult.Completed(message: "The wait is over.")
            : StepResult.InProgress(until - now, $"Waits until {until:u}.", verifying: true);
    }

    private static StepResult Window(StepContext step, DateTimeOffset now)
    {
        if (step.Gate is not { Cron: { } cron, WindowDuration: { } length })
            return StepResult.Terminal("WindowMissing", "The gate names no window: it needs cron and duration.");
        var expression = CronExpression.Parse(cron);
        var opened = expression.GetNextOccurrence(now - length, TimeZoneInfo.Utc, inclusive: false);
        if (opened <= now)
            return StepResult.Completed(message: $"The window that opened at {opened:u} is open.");
        return opened is { } next
            ? StepResult.InProgress(next - now, $"Waits for the window that opens at {next:u}.", verifying: true)
            : StepResult.Terminal("WindowNeverOpens", $"The window {cron} never opens again.");
    }
}
