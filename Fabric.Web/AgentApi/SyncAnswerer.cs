using Fabric.Protocol.Sync;
using Fabric.Workflows.Fleet;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Web.AgentApi;

/// <summary>Answers syncs: a delta after the cursor, or everything when the digests differ. Waits while there is nothing to say.</summary>
internal sealed class SyncAnswerer(AgentSignals signals, IntentSigner signer, TimeProvider time)
{
    private const double ElsewhereDelay = 15;

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
            var assigned = await AssignedAsync(cell, agent, ct);
            var cursor = assigned.Count > 0 ? assigned.Max(item => item.Intent.Sequence) : request.Cursor;
            var fresh = assigned.Where(item => item.Intent.Sequence > request.Cursor).ToList();
            var digest = DigestOf(cell, assigned);
            // A delta that brings the agent up to date explains a different digest; with nothing fresh, a difference does not.
            var full = request.Full || request.Cursor == 0 || (fresh.Count == 0 && digest != request.Digest);
            if (full || fresh.Count > 0)
                return await ReplyAsync(cell, agent, full ? assigned : fresh, full, Math.Max(cursor, request.Cursor), digest, assigned, ct);
            if (!await WaitAsync(next, until, ct))
                return Empty(cell, request.Cursor, digest);
            if (await IsRevokedAsync(cell, agent, ct))
                return null;
        }
    }

    private async Task<SyncReply> ReplyAsync(
        Cell cell, AgentRecord agent, List<Assigned> sent, bool full, long cursor, string digest, List<Assigned> assigned, CancellationToken ct)
    {
        var intents = new List<Protocol.Intents.SignedIntent>();
        foreach (var item in sent.OrderBy(item => item.Intent.Sequence))
            intents.Add(await signer.SignAsync(cell, agent, item.Intent, item.EnvironmentName, ct));
        return Empty(cell, Math.Max(cursor, 1), digest) with
        {
            Kind = full ? SyncKind.Full : SyncKind.Delta,
            Intents = intents,
            Assigned = full ? [.. assigned.Select(item => item.Intent.EntityId)] : null,
        };
    }

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

    private string DigestOf(Cell cell, List<Assigned> assigned) =>
        SyncDigest.Compute(assigned.Select(item => new DigestEntry(item.Intent.EntityId, item.Intent.Generation, signer.HashOf(cell, item.Intent, item.EnvironmentName))));

    /// <summary>Newest intents of the agent, without those whose removal was reported.</summary>
    private static async Task<List<Assigned>> AssignedAsync(Cell cell, AgentRecord agent, CancellationToken ct)
    {
        await using var db = cell.Open(TenantScope.All);
        var intents = await db.Intents.Where(intent => intent.AgentId == agent.Id)
            .Join(db.Environments, intent => intent.EnvironmentId, environment => environment.Id, (intent, environment) => new { intent, environment.Name })
            .ToListAsync(ct);
        var removed = await db.IntentReports.Where(report => report.AgentId == agent.Id && report.Status == IntentStatus.Removed)
            .ToDictionaryAsync(report => report.EntityId, report => report.Generation, ct);
        return [.. intents.Where(row => !(row.intent.Kind == "remove" && removed.GetValueOrDefault(row.intent.EntityId, -1) >= row.intent.Generation))
            .Select(row => new Assigned(row.intent, row.Name))];
    }

    private async Task<bool> WaitAsync(Task next, DateTimeOffset until, CancellationToken ct)
    {
        var left = until - time.GetUtcNow();
        if (left <= TimeSpan.Zero)
            return false;
        try
        {
            await next.WaitAsync(left, time, ct);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private sealed record Assigned(Intent Intent, string EnvironmentName);
}
