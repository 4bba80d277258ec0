using System.Collections.Concurrent;
using Fabric.Protocol.Sync;
using Fabric.Workflows.Fleet;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Web.AgentApi;

/// <summary>Answers syncs: a delta after the cursor, or everything when the digests differ. Waits while there is nothing to say.</summary>
internal sealed partial class SyncAnswerer(AgentSignals signals, IntentSigner signer, TimeProvider time, ILogger<SyncAnswerer> logger)
{
    private const double ElsewhereDelay = 15;
    private static readonly TimeSpan CancelAgain = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan HealAgain = TimeSpan.FromSeconds(60);
    private readonly ConcurrentDictionary<Guid, (long Generation, DateTimeOffset At)> cancelled = new();

    /// <summary>When agents last got everything because their digest differed; forgotten once it agrees.</summary>
    private readonly ConcurrentDictionary<Guid, DateTimeOffset> healed = new();

    /// <summary>The reply; null when the agent's trust was taken away while it waited.</summary>
    public async Task<SyncReply?> AnswerAsync(Cell cell, AgentRecord agent, SyncRequest request, CancellationToken ct)
    {
        if (request.Standby)
            return Empty(cell, request.Cursor, request.Digest);
        if (request.Incarnation != cell.Incarnation)
            return Empty(cell, request.Cursor, request.Digest) with { NextDelaySeconds = ElsewhereDelay, IncarnationNotice = CellNotices.Incarnation(cell, agent, request, time) };
        var until = time.GetUtcNow() + TimeSpan.FromSeconds(Math.Clamp(request.HoldSeconds, 0, AgentPresence.LongestHold));
        while (true)
        {
            var next = signals.Next(agent.Id);
            var assigned = await AssignedIntents.ReadAsync(cell, agent.Id, ct);
            if (signals.Serves(agent.Id, assigned.Select(item => item.Intent.EnvironmentId).Distinct()))
                continue;
            var cursor = assigned.Count > 0 ? assigned.Max(item => item.Intent.Sequence) : request.Cursor;
            var fresh = assigned.Where(item => item.Intent.Sequence > request.Cursor).ToList();
            var digest = DigestOf(cell, assigned);
            // A delta that brings the agent up to date explains a different digest; with nothing fresh, a difference does not.
            var wait = fresh.Count == 0 ? Heal(agent, digest, request.Digest) : null;
            var full = request.Full || request.Cursor == 0 || wait == TimeSpan.Zero;
            var sent = full ? assigned : [.. fresh.Union(assigned.Where(IsCancelDue))];
            if (full || sent.Count > 0)
                return await ReplyAsync(cell, agent, sent, full, Math.Max(cursor, request.Cursor), digest, assigned, ct);
            if (!await WaitAsync(next, until, wait, ct))
                return Empty(cell, request.Cursor, digest);
            if (await IsRevokedAsync(cell, agent, ct))
                return null;
        }
    }

    /// <summary>
    /// How long until everything is sent because the digests differ; null when they agree. A difference that everything did not heal is met at
    /// leisure: each full sync seals and audits every secret anew.
    /// </summary>
    private TimeSpan? Heal(AgentRecord agent, string ours, string theirs)
    {
        var now = time.GetUtcNow();
        if (ours == theirs)
        {
            healed.TryRemove(agent.Id, out _);
            return null;
        }

        if (healed.TryGetValue(agent.Id, out var last))
        {
            if (last + HealAgain > now)
                return last + HealAgain - now;
            LogOutOfStep(logger, agent.Name, agent.Id);
        }

        healed[agent.Id] = now;
        return TimeSpan.Zero;
    }

    private async Task<SyncReply> ReplyAsync(
        Cell cell, AgentRecord agent, List<AssignedIntent> sent, bool full, long cursor, string digest, List<AssignedIntent> assigned, CancellationToken ct)
    {
        var intents = new List<Protocol.Intents.SignedIntent>();
        foreach (var item in sent.OrderBy(item => item.Intent.Sequence))
            intents.Add(await signer.SignAsync(cell, agent, item.Intent, item.EnvironmentName, ct));
        foreach (var item in sent.Where(item => item.IsCancelled))
            cancelled[item.Intent.EntityId] = (item.Intent.Generation, time.GetUtcNow());
        return Empty(cell, Math.Max(cursor, 1), digest) with
        {
            Kind = full ? SyncKind.Full : SyncKind.Delta,
            Intents = intents,
            Cancels = [.. sent.Where(item => item.IsCancelled).Select(item => signer.SignCancel(cell, item.Intent))],
            Assigned = full ? [.. assigned.Select(item => item.Intent.EntityId)] : null,
        };
    }

    /// <summary>A cancel goes down until the agent has said how the intent ended: the server may have ended before it could send it.</summary>
    private bool IsCancelDue(AssignedIntent item) => item.IsCancelled
        && !(cancelled.TryGetValue(item.Intent.EntityId, out var last) && last.Generation == item.Intent.Generation && time.GetUtcNow() - last.At < CancelAgain);

    private SyncReply Empty(Cell cell, long cursor, string digest) => new()
    {
        Cursor = cursor,
        NextDelaySeconds = Random.Shared.NextDouble() * 0.5,
        Kind = SyncKind.Delta,
        Incarnation = cell.Incarnation,
        Digest = digest,
        ServerTime = time.GetUtcNow(),
        Keys = CellNotices.Keys(cell, time),
    };

    private static async Task<bool> IsRevokedAsync(Cell cell, AgentRecord agent, CancellationToken ct)
    {
        await using var db = cell.Open(TenantScope.All);
        return !await db.Agents.AnyAsync(a => a.Id == agent.Id && a.RevokedAt == null, ct);
    }

    private string DigestOf(Cell cell, List<AssignedIntent> assigned) =>
        SyncDigest.Compute(assigned.Select(item => new DigestEntry(item.Intent.EntityId, item.Intent.Generation, signer.HashOf(cell, item.Intent, item.EnvironmentName))));

    /// <summary>False when the hold is over; true when it is time to read again: there is news, or <paramref name="atMost"/> has passed.</summary>
    private async Task<bool> WaitAsync(Task next, DateTimeOffset until, TimeSpan? atMost, CancellationToken ct)
    {
        var left = until - time.GetUtcNow();
        if (left <= TimeSpan.Zero)
            return false;
        try
        {
            await next.WaitAsync(atMost < left ? atMost.Value : left, time, ct);
            return true;
        }
        catch (TimeoutException)
        {
            return time.GetUtcNow() < until;
        }
    }
}
