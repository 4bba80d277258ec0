using System.Text.Json.Nodes;
using Fabric.Agent.Kubernetes;
using Fabric.Agent.Reconcile.Health;
using Fabric.Protocol.Intents;

namespace Fabric.Agent.Reconcile;

/// <summary>The claims found for an entity, or what stood in the way of knowing them.</summary>
internal readonly record struct ClaimsFound(IReadOnlyList<InventoryEntry> Entries, Ensured? Fault);

/// <summary>
/// Finds the claims that an entity's StatefulSets have made, which nobody else deletes, and labels them as the entity's while the StatefulSet
/// that proves it still stands: after that only the label says whose they are.
/// </summary>
internal sealed class Claims(ICluster cluster)
{
    /// <summary>They go after everything else.</summary>
    private const int LastOfAll = int.MinValue;

    public async Task<ClaimsFound> TakeAsync(IntentPayload payload, IEnumerable<InventoryEntry> entries, CancellationToken ct)
    {
        var found = new List<InventoryEntry>();
        foreach (var entry in entries.Where(e => e.Kind == "StatefulSet" && e.Namespace == payload.Namespace).ToList())
        {
            var live = await cluster.GetAsync(entry.Key, ct);
            if (live.NotFound) continue;
            if (live is not { Ok: true, Body: { } set }) return new([], Ensured.Of(live));
            if (set["spec"]?["volumeClaimTemplates"] is not JsonArray { Count: > 0 } templates || !Remover.IsOurs(payload, set)) continue;
            var prefixes = templates.Select(t => $"{Kube.Text(t?["metadata"]?["name"])}-{entry.Name}-").ToList();
            var claims = await cluster.ListAsync("v1", "PersistentVolumeClaim", payload.Namespace, ct);
            if (claims is not { Ok: true, Body: { } list }) return new([], Ensured.Of(claims));
            foreach (var claim in (list["items"]?.AsArray() ?? []).OfType<JsonObject>().Where(claim => IsOf(claim, prefixes)))
            {
                var key = new InventoryEntry("v1", "PersistentVolumeClaim", payload.Namespace, Kube.Text(claim["metadata"]?["name"]), LastOfAll);
                if (await LabelAsync(payload, key, claim, ct) is { } fault) return new([], fault);
                found.Add(key);
            }
        }

        return new(found, null);
    }

    /// <summary>What bears another entity's label stays that one's.</summary>
    private async Task<Ensured?> LabelAsync(IntentPayload payload, InventoryEntry entry, JsonObject claim, CancellationToken ct)
    {
        if (Kube.Text(claim["metadata"]?["labels"]?[IntentAnnotations.Entity]).Length > 0) return null;
        var label = new JsonObject { ["metadata"] = new JsonObject { ["labels"] = new JsonObject { [IntentAnnotations.Entity] = payload.EntityId.ToString() } } };
        var reply = await cluster.PatchAsync(entry.Key, label, false, Applier.Options(payload), ct);
        return reply.Ok || reply.NotFound ? null : Ensured.Of(reply);
    }

    private static bool IsOf(JsonObject claim, List<string> prefixes)
    {
        var name = Kube.Text(claim["metadata"]?["name"]);
        return prefixes.Any(p => name.StartsWith(p, StringComparison.Ordinal) && name.Length > p.Length && name[p.Length..].All(char.IsAsciiDigit));
    }
}
