using Fabric.Protocol.Intents;
using Fabric.Protocol.Reports;

namespace Fabric.Agent.Reconcile;

/// <summary>One look at an entity that must go.</summary>
internal sealed class RemovePass(Remover remover, Claims claims, AgentTimeouts timeouts)
{
    public async Task<PassResult> RunAsync(IntentPayload payload, IntentProgress progress, CancellationToken ct)
    {
        if (progress.Completed) return new(progress, timeouts.Resync);
        var (objects, _) = Manifest.Read(payload);
        var held = progress.Holding(objects.Select(InventoryEntry.Of));
        var taken = await claims.TakeAsync(payload, held.Inventory, ct);
        if (taken.Fault is { } unknown) return Stopped(held, unknown);
        held = held.Holding(taken.Entries);

        // The claims must be on record before the StatefulSet that knows them is gone.
        if (held != progress) return new(Going(held, $"{held.Inventory.Count} objects are to go."), TimeSpan.Zero);
        var removal = await remover.StepAsync(payload, held.Inventory, ct);
        held = held with { Inventory = [.. removal.Left] };
        if (removal.Fault is { } fault) return Stopped(held, fault);
        return removal.Left.Count > 0
            ? new(Going(held, $"{removal.Left.Count} objects are left; waiting for {removal.Left[^1].Key}."), timeouts.BusyLook)
            : new(held with { Health = ReportStatus.Removed, Completed = true, Reason = "", Message = removal.Note }, timeouts.Resync);
    }

    private PassResult Stopped(IntentProgress progress, Ensured fault)
    {
        var status = fault.Outcome == Outcome.Unreachable ? ReportStatus.Applying : ReportStatus.Failed;
        return new(progress with { Health = status, Reason = fault.Reason, Message = fault.Message }, timeouts.RejectedLook);
    }

    private static IntentProgress Going(IntentProgress progress, string message) =>
        progress with { Health = ReportStatus.Applying, Reason = ReportReasons.Removing, Message = message };
}
