using Fabric.Workflows.Executors.Cluster;
using Fabric.Workflows.Fleet;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Runs;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Web.AgentApi;

/// <summary>An intent that its agent should hold.</summary>
/// <param name="Intent">The newest of its entity.</param>
/// <param name="EnvironmentName">For people, in the cluster.</param>
/// <param name="IsCancelled">Its step was given up, and the agent has not said how it ended.</param>
internal sealed record AssignedIntent(Intent Intent, string EnvironmentName, bool IsCancelled);

/// <summary>Reads what an agent should hold. A cancel has no row of its own: the step that was given up says it, in the commit that gave it up.</summary>
internal static class AssignedIntents
{
    /// <summary>Newest intents of the agent, without those whose removal was reported.</summary>
    public static async Task<List<AssignedIntent>> ReadAsync(Cell cell, Guid agentId, CancellationToken ct)
    {
        await using var db = cell.Open(TenantScope.All);
        var intents = await db.Intents.Where(intent => intent.AgentId == agentId)
            .Join(db.Environments, intent => intent.EnvironmentId, environment => environment.Id, (intent, environment) => new { intent, environment.Name })
            .ToListAsync(ct);
        var reports = await db.IntentReports.Where(report => report.AgentId == agentId)
            .Select(report => new Said(report.EntityId, report.Generation, report.Status)).ToDictionaryAsync(report => report.EntityId, ct);
        var held = intents.Where(row => !(row.intent.Kind == IntentContent.Remove && EndOf(row.intent, reports) is IntentStatus.Removed)).ToList();
        var open = held.Where(row => EndOf(row.intent, reports) is null).Select(row => row.intent).ToList();
        var cancelled = open.Count == 0 ? [] : await CancelledAsync(db, open, ct);
        return [.. held.Select(row => new AssignedIntent(row.intent, row.Name, cancelled.Contains(row.intent.EntityId)))];
    }

    /// <summary>How the agent says that the intent ended; null while it has not.</summary>
    private static IntentStatus? EndOf(Intent intent, Dictionary<Guid, Said> reports) =>
        reports.GetValueOrDefault(intent.EntityId) is { } said && said.Generation >= intent.Generation
            && said.Status is IntentStatus.Healthy or IntentStatus.Failed or IntentStatus.Removed or IntentStatus.Refused
                ? said.Status
                : null;

    private static async Task<HashSet<Guid>> CancelledAsync(CellDb db, List<Intent> open, CancellationToken ct)
    {
        var keys = open.Select(intent => (intent.EntityId, Key: IntentKey.Read(intent.OperationKey))).Where(row => row.Key is not null).ToList();
        var runs = keys.Select(row => row.Key!.Value.Run).Distinct().ToList();
        var steps = await db.Steps.Where(step => runs.Contains(step.RunId) && (step.State == StepState.Cancelled || step.State == StepState.Failed)).ToListAsync(ct);
        return [.. keys.Where(row => steps.Any(row.Key!.Value.IsGivenUp)).Select(row => row.EntityId)];
    }

    private sealed record Said(Guid EntityId, long Generation, IntentStatus Status);
}
