using System.Collections.Concurrent;
using Fabric.Agent.Reconcile;
using Fabric.Protocol.Crypto;
using Fabric.Protocol.Sync;
using Microsoft.Extensions.Logging;

namespace Fabric.Agent.Connection;

/// <summary>Turns a sync reply into Intent objects: keys first, then the incarnation, cancels, intents, and the cursor last.</summary>
internal sealed partial class SyncHandler(
    IntentStore intents, AgentStore store, ReportQueue queue, Reconciler reconciler, TimeProvider time, ILogger<SyncHandler> log)
{
    private readonly ConcurrentDictionary<Guid, DigestEntry> refused = new();

    /// <summary>Set when the next sync must ask for everything.</summary>
    public bool NeedsFull { get; private set; }

    /// <summary>Digest of what stands in the cluster, so that an object lost or tampered with heals by a full sync.</summary>
    public async Task<string> DigestAsync(CancellationToken ct)
    {
        var state = store.State!;
        var held = new Dictionary<Guid, DigestEntry>(refused);
        foreach (var intent in await intents.ListAsync(ct))
        {
            if (IntentVerifier.Found(intent, state) is not { Trusted: true, Payload: { } payload }) continue;
            if (state.Ledger.TryGetValue(payload.EntityId, out var entry) && entry.Unassigned) continue;
            if (held.TryGetValue(payload.EntityId, out var other) && other.Generation > payload.Generation) continue;
            held[payload.EntityId] = new(payload.EntityId, payload.Generation, payload.ContentHash);
        }

        return SyncDigest.Compute(held.Values);
    }

    public async Task HandleAsync(SyncReply reply, CancellationToken ct)
    {
        await TakeKeysAsync(reply, ct);
        await TakeIncarnationAsync(reply, ct);
        if (reply.Incarnation != store.State!.Incarnation)
        {
            LogForeignIncarnation(log, reply.Incarnation, store.State.Incarnation);
            queue.RepublishAll();
            return;
        }

        NeedsFull = false;
        var cancels = await TakeCancelsAsync(reply, ct);
        var accepted = new Dictionary<Guid, LedgerEntry>();
        foreach (var signed in reply.Intents) await TakeIntentAsync(signed.Jws, cancels, accepted, ct);
        await store.UpdateAsync(state => Next(state!, reply, accepted), ct);
        reconciler.Wake(everything: reply.Kind == SyncKind.Full);
    }

    private static AgentState Next(AgentState state, SyncReply reply, Dictionary<Guid, LedgerEntry> accepted)
    {
        var ledger = new Dictionary<Guid, LedgerEntry>(state.Ledger);
        foreach (var (entity, entry) in accepted) ledger[entity] = entry;
        if (reply is { Kind: SyncKind.Full, Assigned: { } assigned })
        {
            var known = assigned.ToHashSet();
            foreach (var (entity, entry) in ledger.ToList())
                if (entry.Unassigned == known.Contains(entity)) ledger[entity] = entry with { Unassigned = !known.Contains(entity) };
        }

        var same = state.Cursor == reply.Cursor && ledger.Count == state.Ledger.Count && ledger.All(p => state.Ledger.GetValueOrDefault(p.Key) == p.Value);
        return same ? state : state with { Cursor = reply.Cursor, Ledger = ledger };
    }

    private async Task TakeIntentAsync(string jws, Dictionary<(Guid Entity, long Generation), string> cancels, Dictionary<Guid, LedgerEntry> accepted, CancellationToken ct)
    {
        var verdict = IntentVerifier.Arrived(jws, store.State!);
        if (!verdict.Trusted)
        {
            LogRefused(log, verdict.Reason);
            if (verdict.Payload is { } read) refused[read.EntityId] = new(read.EntityId, read.Generation, read.ContentHash);
            queue.Publish(Reports.Refused(verdict, time.GetUtcNow()), "arrived/" + verdict.Payload?.EntityId);
            return;
        }

        var payload = verdict.Payload!;
        refused.TryRemove(payload.EntityId, out _);
        await intents.PutAsync(payload, jws, cancels.GetValueOrDefault((payload.EntityId, payload.Generation)), ct);
        accepted[payload.EntityId] = new(payload.Incarnation, payload.Generation, payload.ContentHash);
        queue.Publish(Reports.Received(payload, time.GetUtcNow()));
    }

    /// <summary>Cancels what stands; what comes cancelled in the same reply is written with its cancel, so that it never starts.</summary>
    private async Task<Dictionary<(Guid Entity, long Generation), string>> TakeCancelsAsync(SyncReply reply, CancellationToken ct)
    {
        var taken = new Dictionary<(Guid, long), string>();
        if (reply.Cancels.Count == 0) return taken;
        var state = store.State!;
        var present = await intents.ListAsync(ct);
        foreach (var jws in reply.Cancels)
        {
            if (SignedMessage.OpenCancel(jws, state.CellKeys) is not { IsTrusted: true, Value: { } cancel } || cancel.AgentId != state.AgentId) continue;
            taken[(cancel.EntityId, cancel.Generation)] = jws;
            var target = present.FirstOrDefault(i => IntentVerifier.Found(i, state) is { Trusted: true, Payload: { } p }
                && p.EntityId == cancel.EntityId && p.Generation == cancel.Generation);
            if (target is not null && await intents.PutCancelAsync(target.Name, jws, ct) is { Ok: false, NotFound: false } refused)
                throw new InvalidOperationException($"The cancel of intent {target.Name} cannot be written: {refused.Message}");
        }

        return taken;
    }

    private async Task TakeKeysAsync(SyncReply reply, CancellationToken ct)
    {
        foreach (var jws in reply.Keys)
        {
            await store.UpdateAsync(state =>
            {
                if (SignedMessage.OpenKey(jws, state!.CellKeys) is not { IsTrusted: true, Value: { } news } || news.Cell != state.Cell
                    || news.Key.Fault("sig") is not null) return state;
                var keys = state.CellKeys.Where(k => !news.Retired.Contains(k.Kid) && k.Kid != news.Key.Kid).Append(news.Key).ToList();
                return keys.SequenceEqual(state.CellKeys) ? state : state with { CellKeys = keys };
            }, ct);
        }
    }

    private async Task TakeIncarnationAsync(SyncReply reply, CancellationToken ct)
    {
        if (reply.IncarnationNotice is not { } jws) return;
        await store.UpdateAsync(state =>
        {
            if (SignedMessage.OpenIncarnation(jws, state!.CellKeys) is not { IsTrusted: true, Value: { } notice } || notice.AgentId != state.AgentId
                || notice.Cell != state.Cell || notice.Previous != state.Incarnation || notice.Current <= state.Incarnation) return state;
            NeedsFull = true;
            return state with { Incarnation = notice.Current, Accepted = [.. state.Accepted, notice.Current], Cursor = 0 };
        }, ct);
    }
}
