using System.Text.Json.Nodes;
using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Configuration;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Runs;

namespace Fabric.Workflows.Executors.Sandbox;

/// <summary>Works on the simulated cloud: durations and outputs are those of the entity type, failures are injected.</summary>
public sealed class SandboxExecutor(SandboxWorld world, TimeProvider time) : IExecutor
{
    private static readonly TimeSpan Forever = TimeSpan.FromDays(365);

    /// <inheritdoc/>
    public string Name => ExecutorNames.Sandbox;

    /// <inheritdoc/>
    public int Budget => 4096;

    /// <inheritdoc/>
    public ValueTask<StepResult> PlanAsync(StepContext step, CancellationToken cancellationToken) => new(StepResult.Planned(ConfigPlan.Make(step)));

    /// <inheritdoc/>
    public async ValueTask<StepResult> ApplyAsync(StepContext step, CancellationToken cancellationToken)
    {
        var environment = step.Environment.Id.ToString("N");
        var now = time.GetUtcNow();
        var (outputs, problem) = Outputs(step);
        if (problem is not null)
            return StepResult.Terminal(Reasons.BindingUnresolved, problem);
        var answer = await world.DoAsync(w =>
        {
            // An owner that was disposed begins nothing more: the next one may have looked already, and found nothing under way.
            cancellationToken.ThrowIfCancellationRequested();
            return Begin(w, step, environment, outputs, now);
        });
        if (answer.Fault is { Kind: SandboxFaultKind.LateAnswer } late)
            await Task.Delay(late.Delay, time, cancellationToken);
        return answer.Result;
    }

    /// <inheritdoc/>
    public async ValueTask<StepResult> LookAsync(StepContext step, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return await world.DoAsync(w => Look(w, step, now));
    }

    /// <inheritdoc/>
    public async ValueTask CancelAsync(StepContext step, CancellationToken cancellationToken) =>
        await world.DoAsync(w =>
        {
            w.Execute("DELETE FROM operations WHERE key = ?1 AND done = 0", step.OperationKey);
            return true;
        });

    /// <inheritdoc/>
    public async ValueTask<StepResult> CheckAsync(StepContext step, CancellationToken cancellationToken)
    {
        var environment = step.Environment.Id.ToString("N");
        var row = await world.DoAsync(w => w.First("SELECT config FROM resources WHERE environment = ?1 AND node = ?2", environment, step.Step.Node));
        var stands = row?[0] is string text ? JsonNode.Parse(text) as JsonObject : null;
        if (stands is null)
            return StepResult.Completed(message: "It is gone.", drifted: true);
        var changes = ValueDiff.Compare(step.Entity?.Config, stands);
        return changes.Count == 0
            ? StepResult.Completed(message: "As deployed.")
            : StepResult.Completed(message: $"Changed outside: {string.Join(", ", changes.Select(change => change.Path))}.", drifted: true);
    }

    private static (StepResult Result, SandboxFault? Fault) Begin(SandboxWorld w, StepContext step, string environment, JsonObject? outputs, DateTimeOffset now)
    {
        var fault = SandboxFaults.Use(w, environment, step.Step.Node);
        if (fault is { Kind: SandboxFaultKind.Transient })
            return (StepResult.Transient("SimulatedTransient", "The simulated cloud failed for a moment."), fault);
        if (fault is { Kind: SandboxFaultKind.Terminal })
            return (StepResult.Terminal("SimulatedFailure", "The simulated cloud refused the change."), fault);
        w.Execute("INSERT INTO applications (key, environment, node, at) VALUES (?1, ?2, ?3, ?4)", step.OperationKey, environment, step.Step.Node, now.UtcTicks);
        var due = now + DurationOf(step) + (fault is { Kind: SandboxFaultKind.Slow } ? fault.Delay : TimeSpan.Zero);
        var result = w.First("SELECT 1 FROM operations WHERE key = ?1", step.OperationKey) is null
            ? Start(w, step, environment, outputs, due, now)
            : Look(w, step, now);
        return fault is { Kind: SandboxFaultKind.OutcomeUnknown }
            ? (StepResult.Unknown("SimulatedLostReply", "The simulated cloud's answer was lost."), fault)
            : (result, fault);
    }

    private static StepResult Start(SandboxWorld w, StepContext step, string environment, JsonObject? outputs, DateTimeOffset due, DateTimeOffset now)
    {
        var text = outputs?.ToJsonString();
        var atOnce = due <= now;
        w.Execute(
            "INSERT INTO operations (key, environment, node, kind, due, done, outputs) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            step.OperationKey, environment, step.Step.Node, step.Step.Action.ToString(), due.UtcTicks, atOnce, text);
        if (!atOnce)
            return Working(step, due, now);
        TakeEffect(w, step, text);
        return StepResult.Completed(outputs);
    }

    private static StepResult Working(StepContext step, DateTimeOffset due, DateTimeOffset now) =>
        StepResult.InProgress(due - now, "Working.", (int)Math.Max(0, 100 - ((due - now) / Max(DurationOf(step)) * 100)), 100);

    private static StepResult Look(SandboxWorld w, StepContext step, DateTimeOffset now)
    {
        if (w.First("SELECT due, done, outputs FROM operations WHERE key = ?1", step.OperationKey) is not { } row)
            return StepResult.NotApplied("The simulated cloud knows nothing of it.");
        var due = new DateTimeOffset((long)row[0]!, TimeSpan.Zero);
        if (due > now)
            return Working(step, due, now);
        var outputs = row[2] as string;
        if ((long)row[1]! == 0)
        {
            TakeEffect(w, step, outputs);
            w.Execute("UPDATE operations SET done = 1 WHERE key = ?1", step.OperationKey);
        }

        return StepResult.Completed(outputs is null ? null : JsonNode.Parse(outputs) as JsonObject);
    }

    private static TimeSpan Max(TimeSpan duration) => duration > TimeSpan.Zero ? duration : Forever;

    private static void TakeEffect(SandboxWorld w, StepContext step, string? outputs)
    {
        var environment = step.Environment.Id.ToString("N");
        if (step.Step.Action is PlanAction.Delete)
            w.Execute("DELETE FROM resources WHERE environment = ?1 AND node = ?2", environment, step.Step.Node);
        else if (step.Operation is null)
            w.Execute(
                "INSERT OR REPLACE INTO resources (environment, node, type, config, outputs) VALUES (?1, ?2, ?3, ?4, ?5)",
                environment, step.Step.Node, step.Step.Type, step.Config?.ToJsonString() ?? "{}", outputs);
    }

    private static TimeSpan DurationOf(StepContext step) => step.Implementation?.Simulated is not { } simulated ? TimeSpan.Zero : step.Step.Action switch
    {
        PlanAction.Delete => simulated.Delete,
        PlanAction.Update => simulated.Update,
        PlanAction.Replace => simulated.Delete + simulated.Create,
        _ => simulated.Create,
    };

    private static (JsonObject? Outputs, string? Problem) Outputs(StepContext step)
    {
        if (step.Step.Action is PlanAction.Delete || step.Operation is not null || step.Implementation?.Simulated?.Outputs is not { } template)
            return (step.Operation is null ? null : step.Entity?.Outputs, null);
        if (template.Count == 0)
            return ([], null);
        var resolved = Bindings.Resolve(template, (root, path) => StepInputs.About(step, root, path));
        return resolved.Errors.Count > 0 ? (null, string.Join(' ', resolved.Errors.Select(error => error.Message))) : (resolved.Value as JsonObject, null);
    }
}
