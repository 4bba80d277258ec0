using System.Text.Json;
using System.Text.Json.Nodes;
using Fabric.Protocol.Reports;
using Fabric.Workflows.Audit;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Fleet;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Web.AgentApi;

/// <summary>What became durable of a report.</summary>
/// <param name="Reports">The rows that were taken in, one per entity.</param>
/// <param name="Ignored">How many reports were not: late ones, and those about environments that it does not serve.</param>
/// <param name="Arrived">True when nothing had been heard of the agent before.</param>
internal sealed record ReportsTaken(IReadOnlyList<IntentReport> Reports, int Ignored, bool Arrived);

/// <summary>The only writer of one agent's rows. Calls come one after the other; each reads the row anew, so that trust once taken away stays away.</summary>
internal sealed class AgentOwner(Cell cell, Guid agentId, TimeProvider time)
{
    private static readonly TimeSpan SeenEvery = TimeSpan.FromSeconds(15);
    private readonly Dictionary<Guid, long> sequences = [];
    private DateTimeOffset lastSeen;
    private DateTimeOffset startedAt;

    /// <summary>The agent synced. Written at most every 15 s, and at once the first time.</summary>
    /// <returns>True when nothing had been heard of the agent before.</returns>
    public async Task<bool> SeenAsync()
    {
        var now = time.GetUtcNow();
        if (now - lastSeen < SeenEvery)
            return false;
        await using var db = cell.Open(TenantScope.All);
        var agent = await db.Agents.SingleAsync(a => a.Id == agentId);
        await cell.Journal.CommitAsync(new JournalBatch().Put(agent with { SeenAt = now }));
        lastSeen = now;
        return agent.SeenAt is null;
    }

    /// <summary>Takes reports and the heartbeat in, in one commit. What is older than what stands is left out.</summary>
    public async Task<ReportsTaken> ReportAsync(ReportRequest body)
    {
        var now = time.GetUtcNow();
        await using var db = cell.Open(TenantScope.All);
        var agent = await db.Agents.SingleAsync(a => a.Id == agentId);
        var entities = body.Reports.Select(report => report.EntityId).ToList();
        var intents = await db.AgentBindings.Where(binding => binding.AgentId == agentId)
            .Join(db.Intents, binding => binding.EnvironmentId, intent => intent.EnvironmentId, (_, intent) => intent)
            .Where(intent => entities.Contains(intent.EntityId)).ToDictionaryAsync(intent => intent.EntityId);
        var standing = await db.IntentReports.Where(report => entities.Contains(report.EntityId)).ToDictionaryAsync(report => report.EntityId);
        var batch = new JournalBatch().Put(agent with
        {
            SeenAt = now,
            Version = body.Heartbeat.AgentVersion,
            KubernetesVersion = body.Heartbeat.KubernetesVersion,
            Heartbeat = JsonSerializer.SerializeToNode(body.Heartbeat, EngineJson.Options) as JsonObject,
        });
        Restarted(body.Heartbeat.StartedAt);
        var taken = new Dictionary<Guid, IntentReport>();
        var newest = new Dictionary<Guid, long>();
        foreach (var report in body.Reports.OrderBy(report => report.Sequence))
        {
            if (!intents.TryGetValue(report.EntityId, out var intent) || IsLate(report, taken.GetValueOrDefault(report.EntityId) ?? standing.GetValueOrDefault(report.EntityId)))
                continue;
            taken[report.EntityId] = ReportRows.Of(agent, intent, report, now);
            newest[report.EntityId] = report.Sequence;
            if (report.Status is ReportStatus.Refused or ReportStatus.Unassigned)
                batch.Add(ReportRows.Line(agent, intent, report, now));
        }

        foreach (var row in taken.Values)
            batch.Put(row);
        await cell.Journal.CommitAsync(batch);
        lastSeen = now;
        foreach (var (entity, sequence) in newest)
            sequences[entity] = sequence;
        return new ReportsTaken([.. taken.Values], body.Reports.Count(report => !newest.ContainsKey(report.EntityId)), agent.SeenAt is null);
    }

    /// <summary>Takes the agent's trust and its environments away, in one commit with the event that says who did it, and with the answer to keep for a repeat.</summary>
    public async Task RevokeAsync(AuditEvent audit, IdempotencyKey? answer = null)
    {
        await using var db = cell.Open(TenantScope.All);
        var agent = await db.Agents.SingleAsync(a => a.Id == agentId);
        var batch = new JournalBatch().Put(agent with { RevokedAt = agent.RevokedAt ?? time.GetUtcNow() });
        foreach (var binding in await db.AgentBindings.Where(b => b.AgentId == agentId).ToListAsync())
            batch.Remove(binding);
        if (answer is not null)
            batch.Add(answer);
        await cell.Journal.CommitAsync(batch.Add(audit));
    }

    /// <summary>The environments the agent serves.</summary>
    public async Task<IReadOnlyList<Guid>> EnvironmentsAsync()
    {
        await using var db = cell.Open(TenantScope.All);
        return await db.AgentBindings.Where(b => b.AgentId == agentId).Select(b => b.EnvironmentId).ToListAsync();
    }

    /// <summary>Sequences are compared within one life of the agent's process: one that enrolled anew may count from the start.</summary>
    private void Restarted(DateTimeOffset started)
    {
        if (started == startedAt)
            return;
        startedAt = started;
        sequences.Clear();
    }

    private bool IsLate(Report report, IntentReport? before) =>
        sequences.GetValueOrDefault(report.EntityId, long.MinValue) > report.Sequence
        || (before is not null && before.AgentId == agentId && (before.Generation > report.Generation || IsAfterwards(report, before)));

    /// <summary>A sync that crossed the report of a removal finds the entity gone; that changes nothing.</summary>
    private static bool IsAfterwards(Report report, IntentReport before) =>
        before.Status is IntentStatus.Removed && before.Generation == report.Generation && report.Status is ReportStatus.Unassigned;
}
