using System.Text.Json.Nodes;
using Fabric.Agent.Kubernetes;
using Fabric.Agent.Reconcile.Health;
using Fabric.Protocol.Intents;
using Fabric.Protocol.Reports;

namespace Fabric.Agent.Reconcile;

/// <summary>What is still there after a look, and what stands in the way.</summary>
internal readonly record struct Removal(IReadOnlyList<InventoryEntry> Left, Ensured? Fault);

/// <summary>
/// Deletes objects in reverse order, wave by wave, and only what bears the entity's label: the inventory is a memory that anyone who may write
/// the status could have forged.
/// </summary>
internal sealed class Remover(ICluster cluster)
{
    /// <summary>One look: asks for deletion of the last group that is still there, and says what is left.</summary>
    public async Task<Removal> StepAsync(IntentPayload payload, IReadOnlyList<InventoryEntry> entries, CancellationToken ct)
    {
        var left = new List<InventoryEntry>(entries);
        foreach (var group in entries.GroupBy(e => (e.Wave, Rank: KindOrder.Rank(e.Kind))).OrderByDescending(g => g.Key))
        {
            Ensured? fault = null;
            foreach (var entry in group)
            {
                var (gone, problem) = await DeleteAsync(payload, entry, ct);
                if (gone) left.Remove(entry);
                fault ??= problem;
            }

            if (fault is not null || group.Any(left.Contains)) return new(left, fault);
        }

        return new(left, null);
    }

    /// <summary>The claims that StatefulSets of the entity have made: nobody else deletes them.</summary>
    public async Task<IReadOnlyList<InventoryEntry>> ClaimsAsync(IntentPayload payload, IEnumerable<InventoryEntry> entries, CancellationToken ct)
    {
        var found = new List<InventoryEntry>();
        foreach (var entry in entries.Where(e => e.Kind == "StatefulSet"))
        {
            var live = await cluster.GetAsync(entry.Key, ct);
            if (live.Body?["spec"]?["volumeClaimTemplates"] is not JsonArray { Count: > 0 } templates || !IsOurs(payload, live.Body)) continue;
            var prefixes = templates.Select(t => $"{Kube.Text(t?["metadata"]?["name"])}-{entry.Name}-").ToList();
            var claims = await cluster.ListAsync("v1", "PersistentVolumeClaim", entry.Namespace, ct);
            found.AddRange(from item in claims.Body?["items"]?.AsArray() ?? []
                           let name = Kube.Text(item["metadata"]?["name"])
                           where prefixes.Any(p => name.StartsWith(p, StringComparison.Ordinal) && name[p.Length..].All(char.IsAsciiDigit))
                           select new InventoryEntry("v1", "PersistentVolumeClaim", entry.Namespace, name, int.MinValue));
        }

        return found;
    }

    private async Task<(bool Gone, Ensured? Fault)> DeleteAsync(IntentPayload payload, InventoryEntry entry, CancellationToken ct)
    {
        var live = await cluster.GetAsync(entry.Key, ct);
        if (live.NotFound) return (true, null);
        if (live is not { Ok: true, Body: { } body }) return (false, Ensured.Of(live));
        var madeForUs = entry is { Kind: "PersistentVolumeClaim", Wave: int.MinValue };
        if (!madeForUs && !IsOurs(payload, body)) return (true, null);
        if (body["metadata"]?["deletionTimestamp"] is not null) return (false, null);
        var reply = await cluster.DeleteAsync(entry.Key, Kube.Text(body["metadata"]?["uid"]), Applier.Options(payload), ct);
        if (reply.NotFound) return (true, null);
        return (false, reply.Ok || reply.Transient ? null : Ensured.Fault(ReportReasons.ApplyRejected, reply.Message));
    }

    private static bool IsOurs(IntentPayload payload, JsonObject live) =>
        Kube.Text(live["metadata"]?["labels"]?[IntentAnnotations.Entity]) == payload.EntityId.ToString();
}
