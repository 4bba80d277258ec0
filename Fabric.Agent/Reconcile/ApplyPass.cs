using System.Text.Json.Nodes;
using Fabric.Agent.Kubernetes;
using Fabric.Agent.Reconcile.Health;
using Fabric.Protocol.Intents;
using Fabric.Protocol.Reports;

namespace Fabric.Agent.Reconcile;

/// <summary>One look at an entity that should be there: apply, watch, prune, run its operation. Does what can be done now and never waits.</summary>
internal sealed class ApplyPass(WaveWalker walker, Remover remover, OperationPass operations, AgentTimeouts timeouts)
{
    public async Task<PassResult> RunAsync(IntentPayload payload, IntentProgress progress, CancellationToken ct)
    {
        var (objects, fault) = Manifest.Read(payload);
        if (fault is not null)
            return new(progress with { Health = ReportStatus.Refused, Reason = fault.Reason, Message = fault.Message }, timeouts.RejectedLook);
        if (OperationPass.IsUnderWay(payload, progress)) return await operations.RunAsync(payload, progress, objects, ct);
        var walk = await walker.WalkAsync(payload, objects, progress.Completed, ct);
        var seen = progress with { WavesDone = walk.WavesDone, WavesTotal = walk.WavesTotal };
        if (walk.Fault is { } stopped) return With(walk, Stopped(seen, stopped, progress.Completed));
        if (!progress.Completed && OperationPass.IsDue(payload, progress))
            return With(walk, await operations.RunAsync(payload, seen, objects, ct));
        if (!walk.AllHealthy) return With(walk, Waiting(seen, walk));
        var left = await PruneAsync(payload, seen, objects, ct);
        if (left.Fault is { } refused) return With(walk, Stopped(seen, refused, progress.Completed));
        if (payload is { Kind: IntentKind.Operation, Operation: { } operation } && !progress.Completed) await operations.ForgetJobsAsync(payload, operation.Steps.Count, ct);
        seen = seen with { Inventory = [.. objects.Select(InventoryEntry.Of), .. left.Left] };
        if (left.Left.Count > 0 && payload.Prune)
            return With(walk, Busy(seen, ReportReasons.Removing, $"Removing {left.Left[^1].Key}, which the manifest no longer holds."));
        return With(walk, Done(seen, walk)) with { Outputs = Outputs(payload, walk) };
    }

    private async Task<Removal> PruneAsync(IntentPayload payload, IntentProgress progress, IReadOnlyList<DesiredObject> objects, CancellationToken ct)
    {
        var wanted = objects.Select(o => o.Key).ToHashSet();
        var dropped = progress.Inventory.Where(e => !wanted.Contains(e.Key)).ToList();
        return payload.Prune ? await remover.StepAsync(payload, dropped, ct) : new(dropped, null);
    }

    private PassResult Stopped(IntentProgress progress, Ensured fault, bool completed) => fault.Outcome == Outcome.Unreachable
        ? new(progress with { Health = completed ? progress.Health : ReportStatus.Applying, Reason = fault.Reason, Message = fault.Message }, timeouts.BusyLook)
        : new(progress with { Health = ReportStatus.Failed, Reason = fault.Reason, Message = fault.Message }, timeouts.RejectedLook);

    private PassResult Waiting(IntentProgress progress, WaveWalk walk) => progress.Completed || walk.GaveUp
        ? new(progress with
        {
            Health = ReportStatus.Degraded,
            Reason = walk.Drift.Count > 0 ? ReportReasons.DriftRepaired : ReportReasons.Unhealthy,
            Message = WaveWalker.Describe(walk),
        }, timeouts.BusyLook)
        : Busy(progress, ReportReasons.Progressing, WaveWalker.Describe(walk));

    private PassResult Busy(IntentProgress progress, string reason, string message) =>
        new(progress with { Health = progress.Completed ? ReportStatus.Healthy : ReportStatus.Applying, Reason = reason, Message = message }, timeouts.BusyLook);

    private PassResult Done(IntentProgress progress, WaveWalk walk) => new(progress with
    {
        Health = ReportStatus.Healthy,
        Completed = true,
        Reason = walk.Drift.Count > 0 ? ReportReasons.DriftRepaired : "",
        Message = walk.Drift.Count > 0 ? $"Put right: {string.Join(", ", walk.Drift.Select(d => d.Object))}." : "",
    }, timeouts.Resync);

    private static PassResult With(WaveWalk walk, PassResult result) =>
        result with { Objects = walk.Objects, Drift = walk.Drift };

    private static Dictionary<string, string>? Outputs(IntentPayload payload, WaveWalk walk)
    {
        if (payload.Outputs.Count == 0) return null;
        var found = new Dictionary<string, string>();
        foreach (var rule in payload.Outputs)
        {
            JsonObject? live = walk.Live.Values.FirstOrDefault(o => HealthOf.Matches(rule.Target, o));
            if (live is not null && Kube.Text(Kube.At(live, rule.Path)) is { Length: > 0 } value) found[rule.Name] = value;
        }

        return found;
    }
}
