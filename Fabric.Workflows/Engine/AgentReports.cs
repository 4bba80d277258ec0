using System.Text.Json.Nodes;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Fleet;
using Fabric.Workflows.Runs;

namespace Fabric.Workflows.Engine;

/// <summary>What an agent's report means for the environment: a step that waits is looked at; without one, health and drift follow the report.</summary>
internal static class AgentReports
{
    public static void Take(Turn turn, IntentReport report)
    {
        var nodes = new HashSet<string>(StringComparer.Ordinal) { report.Node };
        var inFlight = false;
        foreach (var run in turn.State.Runs.Values.ToList())
        {
            if (run.Find(report.Node) is not { } step || !step.State.IsInFlight())
                continue;
            inFlight = true;
            turn.Take(Planner.Nudge(run, nodes, turn.Now, turn.Rules));
        }

        if (turn.State.Entities.GetValueOrDefault(report.Node) is not { } entity || entity.Id != report.EntityId)
            return;
        TellDrift(turn, entity, report);
        if (!inFlight && entity.Stands)
            Follow(turn, entity, report);
    }

    /// <summary>Steps that wait for an agent are looked at now.</summary>
    public static void Arrived(Turn turn)
    {
        foreach (var run in turn.State.Runs.Values.ToList())
        {
            var waiting = run.Steps.Where(step => step.Executor == Executors.ExecutorNames.Enrolment).Select(step => step.Node).ToHashSet(StringComparer.Ordinal);
            if (waiting.Count > 0)
                turn.Take(Planner.Nudge(run, waiting, turn.Now, turn.Rules));
        }
    }

    private static void Follow(Turn turn, Entity entity, IntentReport report)
    {
        var (state, reason) = report.Status switch
        {
            IntentStatus.Healthy when entity.State is EntityState.Degraded => (EntityState.Ready, ""),
            IntentStatus.Degraded or IntentStatus.Failed when entity.State is EntityState.Ready => (EntityState.Degraded, report.Reason),
            _ => (entity.State, entity.Reason),
        };
        if (state == entity.State && JsonNode.DeepEquals(report.Observed, entity.Health))
            return;
        if (state != entity.State)
            turn.Tell(null, new Notice(state is EntityState.Ready ? "EntityRecovered" : "EntityDegraded", entity.Node, 0, reason, report.Message), "Agent");
        turn.Put(entity with { State = state, Reason = reason, Message = state is EntityState.Ready ? "" : report.Message, Health = report.Observed ?? entity.Health, UpdatedAt = turn.Now });
    }

    private static void TellDrift(Turn turn, Entity entity, IntentReport report)
    {
        if (report.Observed?["drift"] is not JsonArray { Count: > 0 } drift)
            return;
        var fields = drift.OfType<JsonObject>().Select(item => $"{item["object"]}: {string.Join(", ", item["fields"]?.AsArray().Select(f => f?.ToString()) ?? [])}");
        turn.Tell(null, new Notice("DriftRepaired", entity.Node, 0, "DriftRepaired", $"Changed by someone else and put back: {string.Join("; ", fields)}."), "Agent");
    }
}
