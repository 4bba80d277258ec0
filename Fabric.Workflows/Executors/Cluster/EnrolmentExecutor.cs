using Fabric.Workflows.Engine;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Runs;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Workflows.Executors.Cluster;

/// <summary>The agent's own step: it ends with the agent's first sync, and waits for a person to connect one where the cluster's bootstrap cannot.</summary>
public sealed class EnrolmentExecutor(Cell cell, AgentBootstrap bootstrap) : IExecutor
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(15);

    /// <inheritdoc/>
    public string Name => ExecutorNames.Enrolment;

    /// <inheritdoc/>
    public int Budget => 1000;

    /// <inheritdoc/>
    public ValueTask<StepResult> PlanAsync(StepContext step, CancellationToken cancellationToken) => new(StepResult.Planned(ConfigPlan.Make(step)));

    /// <inheritdoc/>
    public async ValueTask<StepResult> ApplyAsync(StepContext step, CancellationToken cancellationToken) =>
        await FindAsync(step, cancellationToken) ?? await bootstrap.StartAsync(step, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<StepResult> LookAsync(StepContext step, CancellationToken cancellationToken) =>
        await FindAsync(step, cancellationToken) ?? await bootstrap.LookAsync(step, cancellationToken);

    /// <inheritdoc/>
    public ValueTask CancelAsync(StepContext step, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public ValueTask<StepResult> CheckAsync(StepContext step, CancellationToken cancellationToken) => new(StepResult.Completed());

    /// <summary>How the step stands by the agent that serves the environment; null while there is none.</summary>
    private async Task<StepResult?> FindAsync(StepContext step, CancellationToken cancellationToken)
    {
        if (step.Step.Action is PlanAction.Delete)
            return StepResult.Completed(message: "The agent stays in its cluster; it has nothing of this environment any more.");
        await using var db = cell.Open(TenantScope.All);
        var agent = await db.AgentBindings.Where(binding => binding.EnvironmentId == step.Environment.Id)
            .Join(db.Agents, binding => binding.AgentId, agent => agent.Id, (_, agent) => agent)
            .SingleOrDefaultAsync(cancellationToken);
        if (agent is not { RevokedAt: null })
            return null;
        if (agent.SeenAt is null)
            return StepResult.InProgress(LookAgain, $"Agent {agent.Name} has enrolled; waits for its first sync.", verifying: true);
        var rendered = IntentContent.Render(step);
        return rendered.Errors.Count > 0
            ? StepResult.Terminal(Reasons.BindingUnresolved, string.Join(' ', rendered.Errors.Select(error => error.Message)))
            : StepResult.Completed(rendered.Outputs, $"Agent {agent.Name} is connected.");
    }
}
