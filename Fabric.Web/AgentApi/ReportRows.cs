using System.Text.Json;
using System.Text.Json.Nodes;
using Fabric.Protocol.Reports;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Fleet;
using Fabric.Workflows.Runs;

namespace Fabric.Web.AgentApi;

/// <summary>Reports of the protocol as rows of the cell.</summary>
internal static class ReportRows
{
    /// <summary>The newest thing said about an entity.</summary>
    public static IntentReport Of(AgentRecord agent, Intent intent, Report report, DateTimeOffset now) => new()
    {
        EntityId = intent.EntityId,
        Tenant = intent.Tenant,
        EnvironmentId = intent.EnvironmentId,
        Node = intent.Node,
        AgentId = agent.Id,
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

    /// <summary>A line in the environment's journal: refusals and losses belong to no run.</summary>
    public static RunEvent Line(AgentRecord agent, Intent intent, Report report, DateTimeOffset now) => new()
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
