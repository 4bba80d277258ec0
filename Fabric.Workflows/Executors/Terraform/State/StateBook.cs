using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fabric.Workflows.Audit;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Workflows.Executors.Terraform.State;

/// <summary>
/// The states of one cell's workspaces: version by version, one writer at a time. A version's number is its key, so of two writers that
/// decided on the same state the second is refused by the database and decides anew.
/// </summary>
public sealed class StateBook(Cell cell, TimeProvider time)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<Guid, SemaphoreSlim> gates = new();
    private readonly ConcurrentDictionary<(Guid Lease, string Message), DateTimeOffset> refused = new();

    /// <summary>The version in force; null before the first.</summary>
    public Task<StateVersion?> CurrentAsync(Guid entityId, CancellationToken ct) =>
        cell.ReadAsync(TenantScope.All, db => CurrentAsync(db, entityId, ct));

    /// <summary>Text of the version in force; null before the first.</summary>
    public async Task<byte[]?> ReadAsync(Guid entityId, CancellationToken ct) =>
        await CurrentAsync(entityId, ct) is { } current ? await ReadAsync(entityId, current.Number, ct) : null;

    /// <summary>Text of one version; null when there is none.</summary>
    public async Task<byte[]?> ReadAsync(Guid entityId, int number, CancellationToken ct)
    {
        var body = await cell.ReadAsync(TenantScope.All, db => db.StateBodies.SingleOrDefaultAsync(b => b.EntityId == entityId && b.Number == number, ct));
        return body is null ? null : StateSeal.Open(cell, Name(entityId, number), body.Sealed);
    }

    /// <summary>Takes a state that Terraform wrote.</summary>
    /// <param name="lease">The writer's lease, as it stands now.</param>
    /// <param name="lockId">The lock the writer says it holds.</param>
    /// <param name="text">The state.</param>
    /// <param name="ct">Stops waiting.</param>
    public Task<StateAnswer> PutAsync(Lease lease, string? lockId, byte[] text, CancellationToken ct) => GuardedAsync(lease.EntityId, async () =>
    {
        if (StateText.Read(text) is not { } wanted)
            return await RefuseAsync(lease, new StateAnswer(StateVerdict.Corrupt, "The body is no whole Terraform state of format 4; nothing was written."), ct);
        var live = await cell.ReadAsync(TenantScope.All, db => db.Leases.SingleAsync(l => l.Id == lease.Id, ct));
        if (live.EndedAt is not null || live.ExpiresAt <= time.GetUtcNow())
            return await KeepAsideAsync(live, wanted, text, ct);
        var held = await LockOfAsync(lease.EntityId, ct);
        if (held is null || held.LeaseId != lease.Id || held.LockId != lockId)
            return await RefuseAsync(lease, WrongLock(held, lockId), ct);
        var stands = await CurrentAsync(lease.EntityId, ct);
        if (StateRules.Refusal(stands, wanted, live.EmptiesState) is { } refusal)
            return refusal.IsGood ? refusal : await RefuseAsync(lease, refusal, ct);
        await AppendAsync(live, wanted, text, aside: false, $"Run of {live.Node}", ct);
        return new StateAnswer(StateVerdict.Taken);
    });

    /// <summary>Takes what a killed process left on its disk, after its lease was proven ended: the same rules, without its lock.</summary>
    public Task<StateAnswer> TakeLeftAsync(Lease lease, byte[] left, CancellationToken ct) => GuardedAsync(lease.EntityId, async () =>
    {
        if (StateText.ReadLeft(left, lease.Id) is not var (wanted, text))
            return await RefuseAsync(lease, new StateAnswer(StateVerdict.Corrupt, "What was left on the disk is no whole Terraform state."), ct);
        var stands = await CurrentAsync(lease.EntityId, ct);
        // Looked into again after it was taken: what was imported since stands above it.
        if (await cell.ReadAsync(TenantScope.All, db => db.StateVersions.AnyAsync(v => v.EntityId == lease.EntityId && !v.Aside && v.RunId == lease.RunId && v.Hash == wanted.Hash, ct)))
            return new StateAnswer(StateVerdict.Same);
        // Of the same process's two, the one on the disk is the later: what it pushed in between had no answer, so it did not count on.
        if (stands is not null && stands.RunId == lease.RunId && stands.Lineage == wanted.Lineage && stands.Serial == wanted.Serial)
            (wanted, text) = StateText.Raise(text, stands.Serial + 1);
        if (StateRules.Refusal(stands, wanted, lease.EmptiesState) is { } refusal)
        {
            // The directory goes: what nobody may take in force is kept for a person all the same.
            if (!refusal.IsGood)
                await AppendAsync(lease, wanted, text, aside: true, $"Refused, left by a run of {lease.Node}", ct);
            return refusal;
        }

        await AppendAsync(lease, wanted, text, aside: false, $"Left by a killed run of {lease.Node}", ct);
        return new StateAnswer(StateVerdict.Taken);
    });

    /// <summary>Locks a workspace for Terraform.</summary>
    public Task<StateAnswer> LockAsync(Lease lease, byte[] info, CancellationToken ct) => GuardedAsync(lease.EntityId, async () =>
    {
        var text = Encoding.UTF8.GetString(info);
        if (LockIdIn(text) is not { } id)
            return await RefuseAsync(lease, new StateAnswer(StateVerdict.Corrupt, "The body is no lock of Terraform's: it has no ID."), ct);
        var live = await cell.ReadAsync(TenantScope.All, db => db.Leases.SingleAsync(l => l.Id == lease.Id, ct));
        if (live.EndedAt is not null)
            return await RefuseAsync(lease, new StateAnswer(StateVerdict.Conflict, "The lease has ended: nothing is locked by it any more."), ct);
        if (await LockOfAsync(lease.EntityId, ct) is { } held && !await IsDanglingAsync(held, ct))
            return held.LockId == id ? new StateAnswer(StateVerdict.Same) : await RefuseAsync(lease, new StateAnswer(StateVerdict.Locked, "Somebody else holds the lock.", held.Info), ct);
        var row = new StateLock
        {
            EntityId = lease.EntityId,
            Tenant = lease.Tenant,
            EnvironmentId = lease.EnvironmentId,
            LockId = id,
            LeaseId = lease.Id,
            Info = text,
            At = time.GetUtcNow(),
        };
        await cell.Journal.CommitAsync(new JournalBatch().Put(row), ct);
        return new StateAnswer(StateVerdict.Taken);
    });

    /// <summary>Gives a lock back; only its holder can. Without an id (Terraform sends none when it forces) it is refused.</summary>
    public Task<StateAnswer> UnlockAsync(Lease lease, byte[] info, CancellationToken ct) => GuardedAsync(lease.EntityId, async () =>
    {
        var held = await LockOfAsync(lease.EntityId, ct);
        if (held is null)
            return new StateAnswer(StateVerdict.Same);
        var id = LockIdIn(Encoding.UTF8.GetString(info));
        if (held.LockId != id || held.LeaseId != lease.Id)
            return await RefuseAsync(lease, WrongLock(held, id), ct);
        await cell.Journal.CommitAsync(new JournalBatch().Remove(held), ct);
        return new StateAnswer(StateVerdict.Taken);
    });

    /// <summary>Takes the lock away from a process that is proven ended.</summary>
    public Task ReleaseAsync(Lease lease, CancellationToken ct) => GuardedAsync(lease.EntityId, async () =>
    {
        if (await LockOfAsync(lease.EntityId, ct) is { } held && held.LeaseId == lease.Id)
            await cell.Journal.CommitAsync(new JournalBatch().Remove(held), ct);
        return new StateAnswer(StateVerdict.Taken);
    });

    /// <summary>Answers DELETE: nothing is ever deleted, and while resources remain it is refused.</summary>
    public async Task<StateAnswer> DeleteAsync(Lease lease, CancellationToken ct) => await CurrentAsync(lease.EntityId, ct) is { Resources: > 0 } stands
        ? await RefuseAsync(lease, new StateAnswer(StateVerdict.Conflict, $"{stands.Resources} resources are in the state; destroy them first."), ct)
        : new StateAnswer(StateVerdict.Taken);

    /// <summary>Brings an earlier version back, as a new one with a higher serial.</summary>
    /// <param name="actor">Who restores it.</param>
    /// <param name="entityId">The workspace.</param>
    /// <param name="number">The version to bring back.</param>
    /// <param name="reason">Why, in the actor's words.</param>
    /// <param name="ct">Stops waiting.</param>
    /// <param name="alongside">Rows that become durable in the same commit, told from the new version: the answer to a repeated call, say.</param>
    public Task<StateAnswer> RestoreAsync(
        Actor actor, Guid entityId, int number, string reason, CancellationToken ct, Func<StateVersion, IReadOnlyList<object>>? alongside = null) => GuardedAsync(entityId, async () =>
    {
        if (await LockOfAsync(entityId, ct) is { } held && !await IsDanglingAsync(held, ct))
            return new StateAnswer(StateVerdict.Locked, "Terraform works on this state now; wait until it has ended.", held.Info);
        var wanted = await cell.ReadAsync(TenantScope.All, db => db.StateVersions.SingleOrDefaultAsync(v => v.EntityId == entityId && v.Number == number, ct));
        if (wanted is null || await ReadAsync(entityId, number, ct) is not { } text)
            return new StateAnswer(StateVerdict.None, $"There is no version {number} of this state.");
        // What was kept aside may be the only version there is.
        var serial = Math.Max((await CurrentAsync(entityId, ct))?.Serial ?? 0, wanted.Serial) + 1;
        var (raised, body) = StateText.Raise(text, serial);
        var version = wanted with
        {
            Number = await NextAsync(entityId, ct),
            Serial = serial,
            Hash = raised.Hash,
            Size = body.Length,
            RunId = null,
            Writer = actor.Name,
            Reason = reason,
            Aside = false,
            At = time.GetUtcNow(),
        };
        var audit = AuditEvent.Of(actor, wanted.Tenant, "state.restore", $"environment/{wanted.EnvironmentId}/state/{entityId}", $"{actor.Name} restored version {number} as serial {serial}: {reason}", time.GetUtcNow());
        var batch = Append(version, body).Add(audit);
        foreach (var row in alongside?.Invoke(version) ?? [])
            batch.Add(row);
        await cell.Journal.CommitAsync(batch, ct);
        return new StateAnswer(StateVerdict.Taken);
    });

    private static Task<StateVersion?> CurrentAsync(CellDb db, Guid entityId, CancellationToken ct) =>
        db.StateVersions.Where(v => v.EntityId == entityId && !v.Aside).OrderByDescending(v => v.Number).FirstOrDefaultAsync(ct);

    private static StateAnswer WrongLock(StateLock? held, string? id) => held is null
        ? new StateAnswer(StateVerdict.Conflict, $"The workspace is not locked{(id is null ? "" : $", and not by {id}")}; lock it first.")
        : new StateAnswer(StateVerdict.Locked, id is null ? "The workspace is locked, and no lock was named." : $"{id} is not the lock that is held.", held.Info);

    private static string? LockIdIn(string info)
    {
        try
        {
            return JsonNode.Parse(info)?["ID"]?.GetValue<string>() is { Length: > 0 and <= 128 } id ? id : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string Name(Guid entityId, int number) => $"state/{entityId:D}/{number}";

    private async Task<StateAnswer> KeepAsideAsync(Lease lease, StateText wanted, byte[] text, CancellationToken ct)
    {
        await AppendAsync(lease, wanted, text, aside: true, $"Late push of {lease.Node}", ct);
        return await RefuseAsync(lease, new StateAnswer(StateVerdict.Aside, "The lease had ended: the state is kept aside for a person and is not in force."), ct);
    }

    private async Task AppendAsync(Lease lease, StateText wanted, byte[] text, bool aside, string writer, CancellationToken ct)
    {
        var asked = await cell.ReadAsync(TenantScope.All, db => db.Runs.Where(run => run.Id == lease.RunId).Select(run => run.ActorName).SingleOrDefaultAsync(ct));
        var version = new StateVersion
        {
            EntityId = lease.EntityId,
            Number = await NextAsync(lease.EntityId, ct),
            Tenant = lease.Tenant,
            EnvironmentId = lease.EnvironmentId,
            Lineage = wanted.Lineage,
            Serial = wanted.Serial,
            Hash = wanted.Hash,
            Size = text.Length,
            Resources = wanted.Resources,
            RunId = lease.RunId,
            Writer = asked is null ? writer : $"{writer}, asked for by {asked}",
            Aside = aside,
            At = time.GetUtcNow(),
        };
        await cell.Journal.CommitAsync(Append(version, text), ct);
    }

    private JournalBatch Append(StateVersion version, byte[] text) => new JournalBatch().Add(version).Add(new StateBody
    {
        EntityId = version.EntityId,
        Number = version.Number,
        Tenant = version.Tenant,
        Sealed = StateSeal.Seal(cell, Name(version.EntityId, version.Number), text),
    });

    private Task<int> NextAsync(Guid entityId, CancellationToken ct) => cell.ReadAsync(
        TenantScope.All, async db => (await db.StateVersions.Where(v => v.EntityId == entityId).MaxAsync(v => (int?)v.Number, ct) ?? 0) + 1);

    private Task<StateLock?> LockOfAsync(Guid entityId, CancellationToken ct) =>
        cell.ReadAsync(TenantScope.All, db => db.StateLocks.SingleOrDefaultAsync(l => l.EntityId == entityId, ct));

    /// <summary>Whether a lock is of a lease that has ended: it came when nobody could take it away any more, and holds nobody up.</summary>
    private Task<bool> IsDanglingAsync(StateLock held, CancellationToken ct) =>
        cell.ReadAsync(TenantScope.All, async db => !await db.Leases.AnyAsync(l => l.Id == held.LeaseId && l.EndedAt == null, ct));

    /// <summary>Refuses something of whoever knows a lease, and writes that down: the same of the same lease once a minute.</summary>
    public async Task<StateAnswer> RefuseAsync(Lease lease, StateAnswer refusal, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        foreach (var (old, _) in refused.Where(entry => now - entry.Value > Quiet))
            refused.TryRemove(old, out _);
        if (!refused.TryAdd((lease.Id, refusal.Message), now))
            return refusal;
        try
        {
            var subject = $"environment/{lease.EnvironmentId}/state/{lease.EntityId}";
            await cell.Journal.CommitAsync(new JournalBatch().Add(AuditEvent.Of(Actor.System, lease.Tenant, "state.refused", subject, $"{lease.Node}: {refusal.Message}", now)), ct);
        }
        catch
        {
            refused.TryRemove((lease.Id, refusal.Message), out _);
            throw;
        }

        return refusal;
    }

    /// <summary>One request of a workspace at a time; what another server wrote meanwhile shows as a conflict of keys, and is decided on anew.</summary>
    private async Task<StateAnswer> GuardedAsync(Guid entityId, Func<Task<StateAnswer>> act)
    {
        var gate = gates.GetOrAdd(entityId, _ => new SemaphoreSlim(1));
        await gate.WaitAsync();
        try
        {
            return await act();
        }
        catch (RowConflictException)
        {
            return await act();
        }
        finally
        {
            gate.Release();
        }
    }
}
