using Fabric.Protocol.Intents;
using Fabric.Protocol.Reports;

namespace Fabric.Agent.Reconcile;

/// <summary>Makes reports and conditions of what a look came to; pure. The queue gives the sequence.</summary>
internal static class Reports
{
    public static Report Of(IntentPayload payload, PassResult result, DateTimeOffset now) => new()
    {
        EntityId = payload.EntityId,
        Generation = payload.Generation,
        Sequence = 0,
        Status = result.Progress.Health,
        Reason = result.Progress.Reason,
        Message = result.Progress.Message,
        ObservedAt = now,
        WavesDone = result.Progress.WavesDone,
        WavesTotal = result.Progress.WavesTotal,
        Objects = result.Objects,
        Drift = result.Drift,
        Outputs = result.Outputs,
    };

    public static Report Refused(Verdict verdict, DateTimeOffset now) => new()
    {
        EntityId = verdict.Payload?.EntityId ?? Guid.Empty,
        Generation = verdict.Payload?.Generation ?? 0,
        Sequence = 0,
        Status = ReportStatus.Refused,
        Reason = verdict.Reason,
        Message = verdict.Message,
        ObservedAt = now,
    };

    public static Report Unassigned(IntentPayload payload, DateTimeOffset now) => new()
    {
        EntityId = payload.EntityId,
        Generation = payload.Generation,
        Sequence = 0,
        Status = ReportStatus.Unassigned,
        Reason = ReportReasons.Unassigned,
        Message = "The control plane no longer mentions this entity; it is left alone.",
        ObservedAt = now,
    };

    public static Report Received(IntentPayload payload, DateTimeOffset now) => new()
    {
        EntityId = payload.EntityId,
        Generation = payload.Generation,
        Sequence = 0,
        Status = ReportStatus.Received,
        ObservedAt = now,
    };

    /// <summary>The Ready condition; its time moves only when its status does.</summary>
    public static IReadOnlyList<IntentCondition> Conditions(IReadOnlyList<IntentCondition> before, IntentProgress progress, DateTimeOffset now)
    {
        var status = progress.Health == ReportStatus.Healthy ? "True" : "False";
        var known = before.FirstOrDefault(c => c.Type == "Ready");
        var reason = progress.Reason.Length > 0 ? progress.Reason : progress.Health.ToString();
        return [new("Ready", status, reason, progress.Message, known?.Status == status ? known.LastTransitionTime : now)];
    }

    public static bool SameProgress(IntentProgress a, IntentProgress b) =>
        a with { Inventory = [], Conditions = [] } == b with { Inventory = [], Conditions = [] }
        && a.Inventory.SequenceEqual(b.Inventory) && a.Conditions.SequenceEqual(b.Conditions);
}
