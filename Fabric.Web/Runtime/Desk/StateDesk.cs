using System.Text.Json;
using System.Text.Json.Nodes;
using Fabric.Web.Live;
using Fabric.Web.PublicApi.Repeats;
using Fabric.Web.TerraformApi;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Engine.Operations;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Executors.Terraform;
using Fabric.Workflows.Executors.Terraform.State;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Web.Runtime.Desk;

/// <summary>Shows the versions of states and puts earlier ones in force again. Texts of states stay where they are.</summary>
internal sealed class StateDesk(FabricStorage storage, EnvironmentFinder finder, Workshops workshops, KeptAnswers kept)
{
    private const int Shown = 200;

    public async Task<Outcome<StateView>> GetAsync(Actor actor, Guid environmentId, string node, CancellationToken ct)
    {
        var found = await FindAsync(actor, environmentId, node, ct);
        if (!found.Succeeded)
            return found.Cast<StateView>();
        // Machines and people of the vendor stand in locks and leases.
        if (!actor.IsVendor)
            return new OperationFault(FaultKind.Forbidden, "Forbidden", "States are for the vendor to look at.");
        var (cell, entity, _) = found.Value;
        return await cell.ReadAsync(actor.Scope, db => ViewAsync(db, entity, ct));
    }

    public async Task<Outcome<StateVersion>> RestoreAsync(Actor actor, Guid environmentId, string node, int number, string reason, CancellationToken ct)
    {
        var found = await FindAsync(actor, environmentId, node, ct);
        if (!found.Succeeded)
            return found.Cast<StateVersion>();
        var (cell, entity, environment) = found.Value;
        if (Guard.Right(actor, Right.Operate, environment) is { } forbidden)
            return forbidden;
        if (string.IsNullOrWhiteSpace(reason))
            return new OperationFault(FaultKind.Invalid, "ReasonMissing", "To restore a state needs a reason.", "reason");
        StateVersion? restored = null;
        var answer = await workshops.Of(cell).States.RestoreAsync(actor, entity.Id, number, reason.Trim(), ct, version =>
        {
            restored = version;
            return kept.Rows(actor, Answers.Restored(version));
        });
        return answer.Verdict switch
        {
            StateVerdict.Taken => restored!,
            StateVerdict.None => new OperationFault(FaultKind.NotFound, "NotFound", answer.Message),
            _ => new OperationFault(FaultKind.WrongState, "StateLocked", answer.Message),
        };
    }

    private static async Task<StateView> ViewAsync(CellDb db, Entity entity, CancellationToken ct)
    {
        var versions = await db.StateVersions.Where(version => version.EntityId == entity.Id).OrderByDescending(version => version.Number).Take(Shown + 1).ToListAsync(ct);
        var inForce = await db.StateVersions.Where(version => version.EntityId == entity.Id && !version.Aside).MaxAsync(version => (int?)version.Number, ct);
        var held = await db.StateLocks.SingleOrDefaultAsync(held => held.EntityId == entity.Id, ct);
        var leases = await db.Leases.Where(lease => lease.EntityId == entity.Id && lease.EndedAt == null).OrderBy(lease => lease.Id).ToListAsync(ct);
        return new StateView(entity.Node, entity.Id, [.. versions.Take(Shown)], inForce, held is null ? null : Of(held), [.. leases.Select(Of)], versions.Count > Shown);
    }

    /// <summary>What Terraform said when it took the lock; what it did not say is empty.</summary>
    internal static LockView Of(StateLock held)
    {
        JsonObject? info = null;
        try
        {
            info = JsonNode.Parse(held.Info) as JsonObject;
        }
        catch (JsonException)
        {
            // The lock holds all the same; only who took it cannot be told.
        }

        string Said(string name) => info?[name] is JsonValue value && value.TryGetValue(out string? text) ? text : "";
        return new LockView(held.LockId, Said("Operation"), Said("Who"), Said("Version"), held.At);
    }

    private static LeaseView Of(Lease lease) => new(
        lease.Kind,
        lease.RunId,
        lease.Attempt,
        lease.Machine.Split('/')[0],
        lease.StartedAt,
        lease.CredentialsUntil > lease.ExpiresAt ? lease.CredentialsUntil.Value : lease.ExpiresAt);

    private async Task<Outcome<(Cell Cell, Entity Entity, FabricEnvironment Environment)>> FindAsync(Actor actor, Guid environmentId, string node, CancellationToken ct)
    {
        if (await finder.CellOfAsync(actor, environmentId, ct) is not { } slug)
            return Guard.NotFound("environment", environmentId.ToString());
        var cell = storage.Cells.Get(slug);
        var environment = await cell.ReadAsync(actor.Scope, db => db.Environments.SingleOrDefaultAsync(e => e.Id == environmentId, ct));
        if (environment is null)
            return Guard.NotFound("environment", environmentId.ToString());
        return await cell.ReadAsync(actor.Scope, db => db.Entities.SingleOrDefaultAsync(e => e.EnvironmentId == environmentId && e.Node == node, ct)) is { } entity
            ? (cell, entity, environment)
            : Guard.NotFound("entity", node);
    }
}
