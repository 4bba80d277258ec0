using Fabric.Workflows.Executors.Terraform;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Web.Runtime.Desk;

/// <summary>Reads what was printed for steps. Every query opens the database in the actor's scope.</summary>
internal sealed class StepLogReads(FabricStorage storage, EnvironmentFinder finder)
{
    public async Task<IReadOnlyList<StepLog>> AfterAsync(Actor actor, Guid environmentId, Guid runId, string node, Guid? after, int limit, CancellationToken ct)
    {
        if (await finder.CellOfAsync(actor, environmentId, ct) is not { } cell)
            return [];
        return await storage.Cells.Get(cell).ReadAsync(
            actor.Scope, db => Of(db, environmentId, runId, node).Where(chunk => after == null || chunk.Id > after).OrderBy(chunk => chunk.Id).Take(limit).ToListAsync(ct));
    }

    public async Task<IReadOnlyList<StepLog>> LatestAsync(Actor actor, Guid environmentId, Guid runId, string node, Guid? before, int limit, CancellationToken ct)
    {
        if (await finder.CellOfAsync(actor, environmentId, ct) is not { } cell)
            return [];
        var newest = await storage.Cells.Get(cell).ReadAsync(
            actor.Scope, db => Of(db, environmentId, runId, node).Where(chunk => before == null || chunk.Id < before).OrderByDescending(chunk => chunk.Id).Take(limit).ToListAsync(ct));
        newest.Reverse();
        return newest;
    }

    private static IQueryable<StepLog> Of(CellDb db, Guid environmentId, Guid runId, string node) =>
        db.StepLogs.Where(chunk => chunk.EnvironmentId == environmentId && chunk.RunId == runId && chunk.Node == node);
}
