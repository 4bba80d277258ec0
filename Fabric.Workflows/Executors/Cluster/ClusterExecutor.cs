using System.Text.Json.Nodes;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Fleet;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Runs;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Workflows.Executors.Cluster;

/// <summary>Works inside clusters: writes an intent for the agent and looks at what the agent reports of it.</summary>
public sealed class ClusterExecutor(Cell cell, TimeProvider time) : IExecutor
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(15);

    /// <inheritdoc/>
    public string Name => ExecutorNames.Cluster;

    /// <inheritdoc/>
    public int Budget => 1000;

    /// <inheritdoc/>
    public ValueTask<StepResult> PlanAsync(StepContext step, CancellationToken cancellationToken) => new(StepResult.Planned(ConfigPlan.Make(step)));

    /// <inheritdoc/>
    public async ValueTask<StepResult> ApplyAsync(StepContext step, CancellationToken cancellationToken)
    {
        var entity = step.Entity!;
        await using var db = cell.Open(TenantScope.All);
        var before = await db.Intents.SingleOrDefaultAsync(intent => intent.EntityId == entity.Id, cancellationToken);
        if (before?.OperationKey == IntentKey.Of(step))
            return await LookAsync(step, cancellationToken);
        var binding = await db.AgentBindings.SingleOrDefaultAsync(b => b.EnvironmentId == step.Environment.Id, cancellationToken);
        if (binding is null && before is null && step.Step.Action is PlanAction.Delete)
            return StepResult.Completed(message: "Nothing of it was ever sent to a cluster.");
        if (binding is null)
            return StepResult.Terminal(Reasons.AgentMissing, "No agent serves this environment: connect one on the Agent tab, then retry.");
        var content = IntentContent.Build(step, time.GetUtcNow());
        if (content.Problem is { } problem)
            return StepResult.Terminal(Reasons.BindingUnresolved, problem);
        var intent = new Intent
        {
            EntityId = entity.Id,
            Tenant = step.Environment.Tenant,
            EnvironmentId = step.Environment.Id,
            Node = step.Step.Node,
            AgentId = binding.AgentId,
            Generation = (before?.Generation ?? 0) + 1,
            Kind = content.Kind,
            Payload = content.Payload,
            ContentHash = content.Hash,
            OperationKey = IntentKey.Of(step),
            UpdatedAt = time.GetUtcNow(),
        };
        await cell.Journal.CommitAsync(new JournalBatch(step.Environment.Id, step.Environment.Epoch).Put(intent), cancellationToken);
        return Sent();
    }

    /// <inheritdoc/>
    public async ValueTask<StepResult> LookAsync(StepContext step, CancellationToken cancellationToken)
    {
        var entityId = step.Entity!.Id;
        await using var db = cell.Open(TenantScope.All);
        var intent = await db.Intents.SingleOrDefaultAsync(i => i.EntityId == entityId, cancellationToken);
        if (intent is null || intent.OperationKey != IntentKey.Of(step))
            return StepResult.NotApplied("No intent was written.");
        var report = await db.IntentReports.SingleOrDefaultAsync(r => r.EntityId == entityId, cancellationToken);
        var agent = await AgentOfAsync(db, step, cancellationToken);
        var speaks = Speaks(report, intent, agent);
        var isOver = speaks && report!.Status is IntentStatus.Removed or IntentStatus.Failed or IntentStatus.Refused;
        if (step.Step.Action is PlanAction.Delete && !isOver && IsGone(agent, intent))
            return Unreachable(step, agent);
        return speaks ? Judge(step, intent, report!) : Waiting(agent);
    }

    /// <summary>Whether nobody fetches a removal. One that was just written waits also for an agent that is away: so is every agent of a server that was away itself.</summary>
    private bool IsGone(AgentRecord? agent, Intent removal)
    {
        var now = time.GetUtcNow();
        return agent is null || (AgentPresence.IsAway(agent.SeenAt, now) && now - removal.UpdatedAt > AgentPresence.AwayAfter);
    }

    /// <summary>A removal does not wait for hours for an agent that may never return: who knows that it will not goes on without it.</summary>
    private static StepResult Unreachable(StepContext step, AgentRecord? agent) => agent is null
        ? StepResult.Terminal(Reasons.AgentMissing, $"No agent serves this environment any more, so nobody can remove {step.Step.Node} from the cluster. Connect one on the Agent tab and retry the step; or skip it: its objects stay.")
        : StepResult.Transient(Reasons.AgentOffline, $"Agent {agent.Name} was last heard of at {agent.SeenAt:yyyy-MM-dd HH:mm} UTC, so nobody removes {step.Step.Node} from the cluster. Retry the step when it is back; or skip it: its objects stay.");

    /// <inheritdoc/>
    /// <remarks>The step that was given up is itself the cancel: its commit, durable before this is called, releases the agent's poll.</remarks>
    public ValueTask CancelAsync(StepContext step, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public async ValueTask<StepResult> CheckAsync(StepContext step, CancellationToken cancellationToken)
    {
        var entityId = step.Entity!.Id;
        await using var db = cell.Open(TenantScope.All);
        var agent = await AgentOfAsync(db, step, cancellationToken);
        if (agent is null)
            return StepResult.Terminal(Reasons.AgentMissing, "Nobody could look: no agent serves this environment. Connect one on the Agent tab.");
        if (AgentPresence.IsAway(agent.SeenAt, time.GetUtcNow()))
            return StepResult.Terminal(Reasons.AgentOffline, $"Nobody could look: agent {agent.Name} is away.");
        var intent = await db.Intents.SingleOrDefaultAsync(i => i.EntityId == entityId, cancellationToken);
        if (intent is null)
            return StepResult.Completed(message: "The agent was never told of it.", drifted: true);
        var report = await db.IntentReports.SingleOrDefaultAsync(r => r.EntityId == entityId, cancellationToken);
        if (!Speaks(report, intent, agent))
            return StepResult.InProgress(LookAgain, $"Agent {agent.Name} has not said yet how it stands.", verifying: true);
        return report is { Status: IntentStatus.Healthy }
            ? StepResult.Completed(message: "The agent holds it as deployed.", health: report.Observed)
            : StepResult.Completed(message: report!.Message, health: report.Observed, drifted: true);
    }

    /// <inheritdoc/>
    /// <remarks>
    /// The entity's state says it all: intents of what was let go are assigned to nobody, and what an agent is told of no more it leaves alone.
    /// The row stays, so that its generation goes on should the entity be taken back.
    /// </remarks>
    public ValueTask<StepResult> HandOverAsync(StepContext step, CancellationToken cancellationToken) =>
        new(StepResult.Completed(message: "Its objects stay in the cluster; the agent is told of them no more."));

    /// <summary>The agent that serves the environment now; null when none does.</summary>
    private static Task<AgentRecord?> AgentOfAsync(CellDb db, StepContext step, CancellationToken cancellationToken) =>
        db.AgentBindings.Where(binding => binding.EnvironmentId == step.Environment.Id)
            .Join(db.Agents, binding => binding.AgentId, agent => agent.Id, (_, agent) => agent)
            .SingleOrDefaultAsync(agent => agent.RevokedAt == null, cancellationToken);

    /// <summary>Whether the report is about this generation, by the agent that serves the environment now; what is gone is gone whoever says it.</summary>
    private static bool Speaks(IntentReport? report, Intent intent, AgentRecord? agent) => report is not null && report.Generation >= intent.Generation
        && (report.AgentId == agent?.Id || report.Status is IntentStatus.Removed);

    private StepResult Waiting(AgentRecord? agent)
    {
        if (agent is null)
            return StepResult.InProgress(LookAgain, "No agent serves this environment any more: connect one on the Agent tab, it gets the change.", verifying: true, reason: Reasons.AgentMissing);
        return AgentPresence.IsAway(agent.SeenAt, time.GetUtcNow())
            ? StepResult.InProgress(LookAgain, $"Agent {agent.Name} is away; it gets the change when it returns.", verifying: true, reason: Reasons.AgentOffline)
            : Sent();
    }

    /// <summary>What is with the agent can be cancelled at any time: the agent knows its safe points.</summary>
    private static StepResult Sent() => StepResult.InProgress(LookAgain, "Sent to the agent.", verifying: true);

    private static StepResult Judge(StepContext step, Intent intent, IntentReport report) => report.Status switch
    {
        IntentStatus.Removed when intent.Kind == IntentContent.Remove => StepResult.Completed(message: $"Removed. {report.Message}".TrimEnd()),
        IntentStatus.Healthy when intent.Kind != IntentContent.Remove => Completed(step, report),
        IntentStatus.Failed => StepResult.Terminal(report.Reason, report.Message, report.Observed),
        IntentStatus.Refused => StepResult.Terminal(Reasons.AgentRefused, report.Message, report.Observed),
        IntentStatus.Degraded => StepResult.InProgress(LookAgain, report.Message, report.WavesDone, report.WavesTotal, verifying: true, report.Reason, report.Observed),
        _ => StepResult.InProgress(LookAgain, report.Message.Length > 0 ? report.Message : "The agent is applying it.", report.WavesDone, report.WavesTotal, verifying: true, health: report.Observed),
    };

    private static StepResult Completed(StepContext step, IntentReport report)
    {
        if (step.Operation is not null)
            return StepResult.Completed(message: report.Message, health: report.Observed);
        var rendered = IntentContent.Render(step);
        return StepResult.Completed(rendered.Outputs, report.Message, report.Observed);
    }
}
