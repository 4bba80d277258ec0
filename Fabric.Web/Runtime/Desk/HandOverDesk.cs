using Fabric.Web.TerraformApi;
using Fabric.Workflows.Audit;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Engine.Operations;
using Fabric.Workflows.Executors.Terraform;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Web.Runtime.Desk;

/// <summary>Gives the owner of an environment what Terraform made for it and Fabric let go of. States hold secrets: every look is written down first.</summary>
internal sealed class HandOverDesk(FabricStorage storage, EnvironmentFinder finder, Workshops workshops, TimeProvider time)
{
    public async Task<Outcome<byte[]>> GetAsync(Actor actor, Guid environmentId, CancellationToken ct)
    {
        if (await finder.CellOfAsync(actor, environmentId, ct) is not { } slug)
            return Guard.NotFound("environment", environmentId.ToString());
        var cell = storage.Cells.Get(slug);
        if (await cell.ReadAsync(actor.Scope, db => db.Environments.SingleOrDefaultAsync(e => e.Id == environmentId, ct)) is not { } environment)
            return Guard.NotFound("environment", environmentId.ToString());
        if (Guard.Right(actor, Right.Delete, environment) is { } forbidden)
            return forbidden;
        if (actor.Tenant != environment.Tenant)
            return new OperationFault(FaultKind.Forbidden, "Forbidden", $"What was handed over is for {environment.Tenant} alone to take.");
        var entities = await cell.ReadAsync(actor.Scope, db => db.Entities.Where(e => e.EnvironmentId == environmentId).ToListAsync(ct));
        if (await new HandOverBundle(workshops.Of(cell)).PackAsync(environment, entities, ct) is not { } packed)
            return new OperationFault(FaultKind.WrongState, "NothingHandedOver", $"Nothing that Terraform made for {environment.Name} was handed over: start a run of kind handOver first, or keep a part back when the environment is destroyed.");
        await cell.Journal.CommitAsync(new JournalBatch().Add(AuditEvent.Of(actor, environment.Tenant, "state.take", $"environment/{environmentId}", $"{actor.Name} took the states of {environment.Name} along.", time.GetUtcNow())), ct);
        return packed;
    }
}
