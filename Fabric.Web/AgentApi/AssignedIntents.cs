using Fabric.Workflows.Environments;
using Fabric.Workflows.Executors.Cluster;
using Fabric.Workflows.Fleet;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Runs;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;
using EntityState = Fabric.Workflows.Environments.EntityState;

namespace Fabric.Web.AgentApi;

/// <summary>An intent that its agent should hold.</summary>
/// <param name="Intent">The newest of its entity, addressed to the agent.</param>
/// <param name="EnvironmentName">For people, in the cluster.</param>
/// <param name="IsCancelled">Its step was given up, and the agent has not said how it ended.</param>
internal sealed record AssignedIntent(Intent Intent, string EnvironmentName, bool IsCancelled);

/// <summary>
/// Reads what an agent should hold: the intents of the environments that are bound to it now, whoever they were written for. A cancel has no row of its own: the step that was given up says it, in the commit that gave it up.
/// </summary>
internal static class AssignedIntents
{
    /// <summary>Newest intents of the agent, without those whose removal was reported and those of what was let go.</summary>
    public static async Task<List<AssignedIntent>> ReadAsync(Cell cell, Guid agentId, CancellationToken ct)
    {
        await using var db = cell.Open(TenantScope.All);
        var environments = db.AgentBindings.Where(binding => binding.AgentId == agentId).Join(db.Environments, binding => binding.EnvironmentId, environment => environment.Id, (_, environment) => environment);
        var intents = await db.Intents
            .Where(intent => !db.Entities.Any(entity => entity.Id == intent.EntityId && (entity.State == EntityState.HandedOver || entity.State == EntityState.Abandoned)))
            .Join(environments, intent => intent.EnvironmentId, environment => environment.Id, (intent, environment) => new { intent, environment.Name })
            .ToListAsync(ct);
        var reports = await db.IntentReports.Where(report => environments.Any(environment => environment.Id == report.EnvironmentId))
            .Select(report => new Said(report.EntityId, report.AgentId, report.Generation, report.Status)).ToDictionaryAsync(report => report.EntityId, ct);
        var held = intents.Where(row => !IsRemoved(row.intent, reports)).ToList();
        var open = held.Where(row => !HasEnded(row.intent, agentId, reports)).Select(row => row.intent).ToList();
        var cancelled = open.Count == 0 ? [] : await CancelledAsync(db, open, ct);
        return [.. held.Select(row => new AssignedIntent(row.intent with { AgentId = agentId }, row.Name, cancelled.Contains(row.intent.EntityId)))];
    }

    /// <summary>Whichever agent said it: what is gone need not be taken away by the next one.</summary>
    private static bool IsRemoved(Intent intent, Dictionary<Guid, Said> reports) => intent.Kind == IntentContent.Remove
        && reports.GetValueOrDefault(intent.EntityId) is { Status: IntentStatus.Removed } said && said.Generation >= intent.Generation;

    /// <summary>Whether this agent says that the intent ended.</summary>
    private static bool HasEnded(Intent intent, Guid agentId, Dictionary<Guid, Said> reports) =>
        reports.GetValueOrDefault(intent.EntityId) is { } said && said.AgentId == agentId && said.Generation >= intent.Generation
            && said.Status is IntentStatus.Healthy or IntentStatus.Failed or IntentStatus.Removed or IntentStatus.Refused;

    private static async Task<HashSet<Guid>> CancelledAsync(CellDb db, List<Intent> open, CancellationToken ct)
    {
        var keys = open.Select(intent => (intent.EntityId, Key: IntentKey.Read(intent.OperationKey))).Where(row => row.Key is not null).ToList();
        var runs = keys.Select(row => row.Key!.Value.Run).Distinct().ToList();
        var steps = await db.Steps.Where(step => runs.Contains(step.RunId) && (step.State == StepState.Cancelled || step.State == StepState.Failed)).ToListAsync(ct);
        return [.. keys.Where(row => steps.Any(row.Key!.Value.IsGivenUp)).Select(row => row.EntityId)];
    }

    private sealed record Said(Guid EntityId, Guid AgentId, long Generation, IntentStatus Status);
}
