using System.Text.Json;
using System.Text.Json.Nodes;
using Fabric.Protocol;
using Fabric.Protocol.Reports;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Fleet;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Runs;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Web.Runtime;

/// <summary>The only writer of an agent's rows: what it reports becomes durable here, then the environments it is about are told.</summary>
internal sealed class AgentGrain(FabricStorage storage, TimeProvider time) : Grain, IAgentGrain
{
    private static readonly TimeSpan SeenEvery = TimeSpan.FromSeconds(15);
    private DateTimeOffset lastSeen;

    public async Task SeenAsync()
    {
        var now = time.GetUtcNow();
        if (now - lastSeen < SeenEvery)
            return;
        var (cell, id) = Key();
        await using var db = cell.Open(TenantScope.All);
        var agent = await db.Agents.SingleAsync(a => a.Id == id);
        await cell.Journal.CommitAsync(new JournalBatch().Put(agent with { SeenAt = now }));
        lastSeen = now;
        if (agent.SeenAt is null)
            await TellBoundAsync(cell, db, agent);
    }

    public async Task ReportAsync(string request)
    {
        var body = JsonSerializer.Deserialize(request, ProtocolJson.Default.ReportRequest)!;
        var (cell, id) = Key();
        var now = time.GetUtcNow();
        await using var db = cell.Open(TenantScope.All);
        var agent = await db.Agents.SingleAsync(a => a.Id == id);
        var entities = body.Reports.Select(report => report.EntityId).ToList();
        var intents = await db.Intents.Where(intent => intent.AgentId == id && entities.Contains(intent.EntityId)).ToDictionaryAsync(intent => intent.EntityId);
        var before = await db.IntentReports.Where(report => entities.Contains(report.EntityId)).ToDictionaryAsync(report => report.EntityId);
        var batch = new JournalBatch().Put(agent with
        {
            SeenAt = now,
            Version = body.Heartbeat.AgentVersion,
            KubernetesVersion = body.Heartbeat.KubernetesVersion,
            Heartbeat = JsonSerializer.SerializeToNode(body.Heartbeat, EngineJson.Options) as JsonObject,
        });
        var taken = new List<IntentReport>();
        foreach (var report in body.Reports.OrderBy(report => report.Sequence))
        {
            if (!intents.TryGetValue(report.EntityId, out var intent) || (before.GetValueOrDefault(report.EntityId) is { } old && old.Generation > report.Generation))
                continue;
            var row = Row(intent, report, now);
            taken.RemoveAll(other => other.EntityId == row.EntityId);
            taken.Add(row);
            if (report.Status is ReportStatus.Refused or ReportStatus.Unassigned)
                batch.Add(Line(agent, intent, report, now));
        }

        taken.ForEach(row => batch.Put(row));
        await cell.Journal.CommitAsync(batch);
        lastSeen = now;
        foreach (var row in taken)
            await GrainFactory.Environment(cell.Slug, row.EnvironmentId).ReportAsync(JsonSerializer.Serialize(row, EngineJson.Options));
        if (agent.SeenAt is null)
            await TellBoundAsync(cell, db, agent);
    }

    private (Cell Cell, Guid Id) Key()
    {
        var (slug, id) = GrainKeys.Read(this.GetPrimaryKeyString());
        return (storage.Cells.Get(slug), id);
    }

    /// <summary>The first sync ends the agent's own step in every environment it serves.</summary>
    private async Task TellBoundAsync(Cell cell, CellDb db, AgentRecord agent)
    {
        foreach (var environmentId in await db.AgentBindings.Where(b => b.AgentId == agent.Id).Select(b => b.EnvironmentId).ToListAsync())
            await GrainFactory.Environment(cell.Slug, environmentId).AgentArrivedAsync();
    }

    private static IntentReport Row(Intent intent, Report report, DateTimeOffset now) => new()
    {
        EntityId = intent.EntityId,
        Tenant = intent.Tenant,
        EnvironmentId = intent.EnvironmentId,
        Node = intent.Node,
        AgentId = intent.AgentId,
        Generation = report.Generation,
        Status = Enum.Parse<IntentStatus>(report.Status.ToString()),
        Reason = report.Reason,
        Message = report.Message,
        WavesDone = report.WavesDone,
        WavesTotal = report.WavesTotal,
        Observed = new JsonObject
        {
            ["objects"] = JsonSerializer.SerializeToNode(report.Objects, EngineJson.Options),
            ["drift"] = JsonSerializer.SerializeToNode(report.Drift, EngineJson.Options),
        },
        ReportedAt = now,
    };

    private static RunEvent Line(AgentRecord agent, Intent intent, Report report, DateTimeOffset now) => new()
    {
        Tenant = intent.Tenant,
        EnvironmentId = intent.EnvironmentId,
        Node = intent.Node,
        At = now,
        Kind = report.Status is ReportStatus.Refused ? "IntentRefused" : "IntentUnassigned",
        Reason = report.Reason,
        Message = report.Message.Length > 0 ? report.Message : $"The agent says {report.Status}.",
        Actor = agent.Name,
    };
}
