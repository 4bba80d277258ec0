using System.Text.Json.Nodes;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Executors.Gates;
using Fabric.Workflows.Fleet;
using Fabric.Workflows.Runs;

namespace Fabric.Workflows.Engine;

/// <summary>What an agent's report means for the environment: a step that waits is looked at; without one, health and drift follow the report.</summary>
internal static class AgentReports
{
    public static void Take(Turn turn, IntentReport report)
    {
        var inFlight = false;
        foreach (var run in turn.State.Runs.Values.ToList())
        {
            var nodes = run.Steps.Where(step => step.State.IsInFlight() && IsAbout(turn, run.Run, step, report.Node)).Select(step => step.Node).ToHashSet(StringComparer.Ordinal);
            if (nodes.Count == 0)
                continue;
            inFlight = true;
            turn.Take(Planner.Nudge(run, nodes, turn.Now, turn.Rules));
        }

        if (turn.State.Entities.GetValueOrDefault(report.Node) is not { } entity || entity.Id != report.EntityId)
            return;
        TellDrift(turn, entity, report);
        if (!inFlight && entity.Stands && report.Status is not IntentStatus.Received)
            Follow(turn, entity, report);
    }

    /// <summary>
    /// After a take-over: a report is durable before the owner hears of it, and the agent does not say the same thing twice, so what was
    /// reported since an entity's last change is taken in now.
    /// </summary>
    public static void CatchUp(Turn turn)
    {
        foreach (var report in turn.State.Reports)
        {
            if (turn.State.Entities.GetValueOrDefault(report.Node) is { } entity && entity.Id == report.EntityId && report.ReportedAt > entity.UpdatedAt)
                Take(turn, report);
        }
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

    /// <summary>A step is about its own node; that of a gate which acts on an entity, about that entity.</summary>
    private static bool IsAbout(Turn turn, Run run, Step step, string node) =>
        step.Node == node || (step.Kind is StepKind.Action && turn.State.Desired[run.Generation].Blueprint.Find(step.Node) is { } gate && ActionGate.Of(gate.Config)?.Node == node);

    private static void Follow(Turn turn, Entity entity, IntentReport report)
    {
        var (state, reason) = report.Status switch
        {
            IntentStatus.Healthy when entity.State is EntityState.Degraded => (EntityState.Ready, ""),
            IntentStatus.Degraded or IntentStatus.Failed when entity.State is EntityState.Ready => (EntityState.Degraded, report.Reason),
            _ => (entity.State, entity.Reason),
        };
        var drifted = IsDrifted(entity, report);
        var message = state is EntityState.Ready ? "" : report.Message.Length > 0 ? report.Message : entity.Message;
        var next = entity with { State = state, Reason = reason, Message = message, Drifted = drifted };
        if (next == entity && JsonNode.DeepEquals(report.Observed, entity.Health))
            return;
        if (state != entity.State)
            turn.Tell(null, new Notice(state is EntityState.Ready ? "EntityRecovered" : "EntityDegraded", entity.Node, 0, reason, report.Message), "Agent");
        turn.Put(next with { Health = report.Observed ?? entity.Health, UpdatedAt = turn.Now });
    }

    /// <summary>Drifted from the look that had to repair until one that found everything in order; drift of earlier looks may still travel in a report.</summary>
    private static bool IsDrifted(Entity entity, IntentReport report) => report switch
    {
        { Reason: Reasons.DriftRepaired } => true,
        { Status: IntentStatus.Healthy } => false,
        _ => entity.Drifted || Drift(report) is not null,
    };

    private static JsonArray? Drift(IntentReport report) => report.Observed?["drift"] is JsonArray { Count: > 0 } drift ? drift : null;

    private static void TellDrift(Turn turn, Entity entity, IntentReport report)
    {
        if (Drift(report) is not { } drift)
            return;
        var fields = drift.OfType<JsonObject>().Select(item => $"{item["object"]}: {string.Join(", ", item["fields"]?.AsArray().Select(f => f?.ToString()) ?? [])}");
        turn.Tell(null, new Notice(Reasons.DriftRepaired, entity.Node, 0, Reasons.DriftRepaired, $"Changed by someone else and put back: {string.Join("; ", fields)}."), "Agent");
    }
}
