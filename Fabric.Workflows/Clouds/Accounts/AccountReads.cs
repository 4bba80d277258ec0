using Fabric.Workflows.Engine;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Workflows.Clouds.Accounts;

/// <summary>Reads accounts of every cell, within what an actor may see.</summary>
public sealed class AccountReads(FabricStorage storage, TimeProvider time)
{
    /// <summary>All accounts, by tenant and name, and the cells that did not answer.</summary>
    public async Task<(IReadOnlyList<AccountLine> Accounts, IReadOnlyList<UnreachableCell> Unreachable)> ListAsync(Actor actor, CancellationToken ct)
    {
        var found = await CellQuery.FanOutAsync(
            storage.Cells,
            actor.Scope,
            async (db, token) => (await db.CloudAccounts.ToListAsync(token), await UsesAsync(db, null, token)),
            storage.Cells.AnswerWithin,
            time,
            ct);
        var lines = from row in found.Rows
                    from account in row.Value.Item1
                    orderby account.Tenant, account.Name
                    select AccountLine.Of(row.Cell, account, [.. row.Value.Item2[account.Id]]);
        return ([.. lines], found.Unreachable);
    }

    /// <summary>One account; null when the actor sees none of that id.</summary>
    /// <exception cref="CellUnreachableException">No cell that answers has it, and one does not answer.</exception>
    public async Task<AccountLine?> GetAsync(Actor actor, Guid id, CancellationToken ct) =>
        await RowAsync(actor, id, ct) is var (cell, row, usedBy) ? AccountLine.Of(cell.Slug, row, usedBy) : null;

    /// <summary>No such account, or none that the actor may see.</summary>
    public static OperationFault NotFound(Guid id) => new(FaultKind.NotFound, "NotFound", $"There is no cloud account {id}.");

    internal async Task<(Cell Cell, CloudAccount Row, IReadOnlyList<AccountUse> UsedBy)?> RowAsync(Actor actor, Guid id, CancellationToken ct)
    {
        var found = await CellQuery.FanOutAsync(
            storage.Cells,
            actor.Scope,
            async (db, token) => (await db.CloudAccounts.SingleOrDefaultAsync(account => account.Id == id, token), await UsesAsync(db, id, token)),
            storage.Cells.AnswerWithin,
            time,
            ct);
        foreach (var (cell, (row, uses)) in found.Rows)
        {
            if (row is not null)
                return (storage.Cells.Get(cell), row, [.. uses[id]]);
        }

        return found.Unreachable is [var silent, ..] ? throw new CellUnreachableException(silent.Cell, silent.Sentence) : null;
    }

    private static async Task<ILookup<Guid, AccountUse>> UsesAsync(CellDb db, Guid? id, CancellationToken token)
    {
        var rows = await db.Environments.Where(e => e.AccountId != null && (id == null || e.AccountId == id) && !EnvironmentStates.Over.Contains(e.State))
            .OrderBy(e => e.Name).Select(e => new { e.AccountId, e.Id, e.Name }).ToListAsync(token);
        return rows.ToLookup(row => row.AccountId!.Value, row => new AccountUse(row.Id, row.Name));
    }
}
