using System.Text.Json.Nodes;
using Fabric.Agent.Kubernetes;
using Fabric.Agent.Reconcile.Health;
using Fabric.Protocol.Intents;
using Fabric.Protocol.Reports;

namespace Fabric.Agent.Reconcile;

/// <summary>What is still there after a look, and what stands in the way.</summary>
/// <param name="Left">Objects that are still to go.</param>
/// <param name="Fault">Why it does not go on; null when it does.</param>
/// <param name="Note">For people: what stays because only its owner may delete it; empty when nothing does.</param>
internal readonly record struct Removal(IReadOnlyList<InventoryEntry> Left, Ensured? Fault, string Note = "");

/// <summary>Whether one object is gone, what stands in the way, and what is to be said of it.</summary>
internal readonly record struct Deletion(bool Gone, Ensured? Fault = null, string Note = "");

/// <summary>
/// Deletes objects in reverse order, wave by wave, and only what is in the intent's namespace and bears the entity's label: the inventory is a
/// memory that anyone who may write the status could have forged.
/// </summary>
internal sealed class Remover(ICluster cluster)
{
    /// <summary>One look: asks for deletion of the last group that is still there, and says what is left.</summary>
    public async Task<Removal> StepAsync(IntentPayload payload, IReadOnlyList<InventoryEntry> entries, CancellationToken ct)
    {
        var left = new List<InventoryEntry>(entries);
        var note = "";
        foreach (var group in entries.GroupBy(e => (e.Wave, Rank: KindOrder.Rank(e.Kind))).OrderByDescending(g => g.Key))
        {
            Ensured? fault = null;
            foreach (var entry in group)
            {
                var deletion = await DeleteAsync(payload, entry, ct);
                if (deletion.Gone) left.Remove(entry);
                fault ??= deletion.Fault;
                note += deletion.Note;
            }

            if (fault is not null || group.Any(left.Contains)) return new(left, fault, note);
        }

        return new(left, null, note);
    }

    private async Task<Deletion> DeleteAsync(IntentPayload payload, InventoryEntry entry, CancellationToken ct)
    {
        if (entry.Namespace != payload.Namespace) return new(true);
        var live = await cluster.GetAsync(entry.Key, ct);
        if (live.NotFound) return new(true);
        if (live is not { Ok: true, Body: { } body }) return new(false, Ensured.Of(live));
        if (!IsOurs(payload, body)) return new(true);
        if (body["metadata"]?["deletionTimestamp"] is not null) return new(false);
        var reply = await cluster.DeleteAsync(entry.Key, Kube.Text(body["metadata"]?["uid"]), Applier.Options(payload), ct);
        if (reply.NotFound) return new(true);
        if (reply.Status == 403 && entry is { ApiVersion: "v1", Kind: "Namespace" }) return await LeaveAsync(payload, entry, ct);
        return new(false, reply.Ok || reply.Transient ? null : Ensured.Fault(ReportReasons.ApplyRejected, reply.Message));
    }

    /// <summary>A namespace that this agent may not delete stays with its owner, without the label: a later environment may live there.</summary>
    private async Task<Deletion> LeaveAsync(IntentPayload payload, InventoryEntry entry, CancellationToken ct)
    {
        var free = new JsonObject { ["metadata"] = new JsonObject { ["labels"] = new JsonObject { [IntentAnnotations.Entity] = null } } };
        var reply = await cluster.PatchAsync(entry.Key, free, false, Applier.Options(payload), ct);
        return reply.Transient
            ? new(false)
            : new(true, null, $"The namespace {entry.Name} is left, empty: this agent may not delete it.");
    }

    internal static bool IsOurs(IntentPayload payload, JsonObject live) =>
        Kube.Text(live["metadata"]?["labels"]?[IntentAnnotations.Entity]) == payload.EntityId.ToString();
}
