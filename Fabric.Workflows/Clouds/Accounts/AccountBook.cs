using System.Text.Json.Nodes;
using Fabric.Workflows.Audit;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Workflows.Clouds.Accounts;

/// <summary>
/// Cloud accounts of tenants: connect, change, check, delete, each with its audit event in the same commit. Credentials go in and are
/// sealed; nothing here gives one back.
/// </summary>
public sealed class AccountBook(FabricStorage storage, CloudCatalog clouds, AccountReads reads, AccountGate gate, TimeProvider time)
{
    /// <summary>Connects an account. Nothing is asked of the cloud yet.</summary>
    /// <param name="actor">Who connects it.</param>
    /// <param name="wish">What was entered.</param>
    /// <param name="ct">Stops before anything is written.</param>
    /// <param name="alongside">Rows that become durable in the same commit, told from what was made.</param>
    public async Task<Outcome<AccountLine>> CreateAsync(Actor actor, NewAccount wish, CancellationToken ct, Func<AccountLine, IReadOnlyList<object>>? alongside = null)
    {
        if (!actor.Scope.Includes(wish.Tenant) || !await TenantExistsAsync(wish.Tenant, ct))
            return new OperationFault(FaultKind.Invalid, "UnknownTenant", $"There is no tenant {wish.Tenant}.", "tenant");
        if (Forbidden(actor) is { } forbidden)
            return forbidden;
        var faults = AccountCheck.Name(wish, clouds).ToList();
        var slug = wish.Cell ?? storage.Cells.Slugs[0];
        if (!storage.Cells.Slugs.Contains(slug))
            faults.Add(new OperationFault(FaultKind.Invalid, "UnknownCell", $"There is no cell {slug}.", "cell"));
        if (clouds.Find(wish.Cloud) is not { } cloud)
            return faults.ToArray();
        var row = Checked(cloud, New(cloud, wish), wish.SignIn, wish.Regions, faults);
        if (faults.Count > 0)
            return faults.ToArray();
        var cell = storage.Cells.Get(slug);
        row = row with { Sealed = AccountSealing.Seal(cell.Keys, row.Tenant, row.Id, wish.SignIn?.Secret) };
        var line = AccountLine.Of(slug, row, []);
        try
        {
            await cell.Journal.CommitAsync(Batch(new JournalBatch().Add(row), alongside?.Invoke(line), Event(actor, row, "cloud-account.create", $"Cloud account {row.Name}: {row.Cloud} {row.Account}.")), ct);
            return line;
        }
        catch (RowConflictException)
        {
            return new OperationFault(FaultKind.Conflict, "NameTaken", $"{row.Tenant} has a cloud account named {row.Name} already.", "name");
        }
    }

    /// <summary>Changes sign-in or regions. What the last preflight found holds no more.</summary>
    public Task<Outcome<AccountLine>> ChangeAsync(Actor actor, Guid id, AccountChange change, CancellationToken ct, Func<AccountLine, IReadOnlyList<object>>? alongside = null) =>
        UnderGateAsync<AccountLine>(actor, id, async (cell, row, usedBy) =>
        {
            var faults = new List<OperationFault>();
            var cloud = clouds.Find(row.Cloud)!;
            var next = Checked(cloud, row, change.SignIn, change.Regions ?? row.Regions, faults);
            if (faults.Count > 0)
                return faults.ToArray();
            next = next with
            {
                Sealed = change.SignIn is { } signIn ? AccountSealing.Seal(cell.Keys, row.Tenant, row.Id, signIn.Secret) : row.Sealed,
                State = CloudAccountState.Unchecked,
                Preflight = null,
                CheckedAt = null,
                UpdatedAt = time.GetUtcNow(),
            };
            var line = AccountLine.Of(cell.Slug, next, usedBy);
            var what = change.SignIn is { } way ? $"another sign-in ({way.Kind})" : "other regions";
            await cell.Journal.CommitAsync(Batch(new JournalBatch().Change(row, next), alongside?.Invoke(line), Event(actor, row, "cloud-account.change", $"Cloud account {row.Name} got {what}.")), ct);
            return line;
        }, ct);

    /// <summary>Deletes an account that no environment uses. In the cloud nothing is touched.</summary>
    public Task<Outcome<bool>> DeleteAsync(Actor actor, Guid id, CancellationToken ct, Func<IReadOnlyList<object>>? alongside = null) =>
        UnderGateAsync<bool>(actor, id, async (cell, row, usedBy) =>
        {
            if (usedBy.Count > 0)
                return new OperationFault(FaultKind.WrongState, "AccountInUse", $"Cloud account {row.Name} is used by {string.Join(", ", usedBy.Select(use => use.Name))}: destroy what is made in it first.");
            await cell.Journal.CommitAsync(Batch(new JournalBatch().Remove(row), alongside?.Invoke(), Event(actor, row, "cloud-account.delete", $"Cloud account {row.Name} ({row.Cloud} {row.Account}) was deleted.")), ct);
            return true;
        }, ct);

    internal AuditEvent Event(Actor actor, CloudAccount row, string action, string message) =>
        AuditEvent.Of(actor, row.Tenant, action, $"cloud-account/{row.Id}", message, time.GetUtcNow());

    internal static JournalBatch Batch(JournalBatch batch, IReadOnlyList<object>? more, AuditEvent audit)
    {
        batch.Add(audit);
        foreach (var row in more ?? [])
            batch.Add(row);
        return batch;
    }

    /// <summary>Decides about an account as it stands, with nobody else deciding meanwhile.</summary>
    internal async Task<Outcome<T>> UnderGateAsync<T>(Actor actor, Guid id, Func<Cell, CloudAccount, IReadOnlyList<AccountUse>, Task<Outcome<T>>> decide, CancellationToken ct)
    {
        using var turn = await gate.EnterAsync(ct);
        if (await reads.RowAsync(actor, id, ct) is not var (cell, row, usedBy))
            return AccountReads.NotFound(id);
        return Forbidden(actor) is { } forbidden ? forbidden : await decide(cell, row, usedBy);
    }

    internal static OperationFault? Forbidden(Actor actor) => Rights.Has(actor.Role, Right.Connect)
        ? null
        : new OperationFault(FaultKind.Forbidden, "Forbidden", $"The role {actor.Role} may not connect cloud accounts; an owner may.");

    private CloudAccount New(ICloud cloud, NewAccount wish)
    {
        var (now, account) = (time.GetUtcNow(), wish.Account.Trim());
        var signIn = new JsonObject { [SignInKind.Field] = cloud.SignIns[0].Name };
        foreach (var (name, value) in cloud.Given(account))
            signIn[name] = value;
        return new CloudAccount
        {
            Id = Guid.CreateVersion7(now), Tenant = wish.Tenant, Name = wish.Name, Cloud = wish.Cloud, Account = account, SignIn = signIn, CreatedAt = now, UpdatedAt = now,
        };
    }

    private static CloudAccount Checked(ICloud cloud, CloudAccount row, SignInWish? signIn, IReadOnlyList<string> regions, List<OperationFault> faults)
    {
        faults.AddRange(AccountCheck.Regions(cloud, regions));
        var next = row with { Regions = [.. regions.Distinct()] };
        if (signIn is not null)
            next = AccountCheck.With(cloud, next, signIn, faults);
        // Without a sign-in it is entered later: only what names the account is looked at.
        if (faults.Count == 0)
            faults.AddRange(cloud.Check(next, signIn?.Secret).Where(fault => signIn is not null || fault.Field == "account"));
        return next;
    }

    private async Task<bool> TenantExistsAsync(string tenant, CancellationToken ct)
    {
        await using var db = storage.Directory.Open(TenantScope.All);
        return await db.Tenants.AnyAsync(t => t.Slug == tenant, ct);
    }
}
