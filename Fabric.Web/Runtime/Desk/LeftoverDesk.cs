using Fabric.Web.Live;
using Fabric.Web.PublicApi.Repeats;
using Fabric.Web.TerraformApi;
using Fabric.Workflows.Audit;
using Fabric.Workflows.Clouds;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Engine.Operations;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Executors.Terraform;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Runs;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Web.Runtime.Desk;

/// <summary>What stands in the way of a network's end, and its removal, piece by piece, when a person asks for it.</summary>
internal sealed class LeftoverDesk(FabricStorage storage, EnvironmentFinder finder, Workshops workshops, KeptAnswers kept, TimeProvider time)
{
    private const int Most = 100;

    public async Task<Outcome<IReadOnlyList<CloudResource>>> FindAsync(Actor actor, Guid runId, string node, CancellationToken ct)
    {
        var place = await PlaceAsync(actor, runId, node, ct);
        return place.Succeeded ? await place.Value.FindAsync(ct) : place.Cast<IReadOnlyList<CloudResource>>();
    }

    /// <summary>Removes exactly what was named, and only what is found again now; what a person did not see is not touched.</summary>
    public async Task<Outcome<IReadOnlyList<RemovalView>>> RemoveAsync(Actor actor, Guid runId, string node, IReadOnlyList<string> ids, string why, CancellationToken ct)
    {
        var found = await PlaceAsync(actor, runId, node, ct);
        if (!found.Succeeded)
            return found.Cast<IReadOnlyList<RemovalView>>();
        if (ids.Count is 0 or > Most)
            return new OperationFault(FaultKind.Invalid, "Invalid", $"Name what is to be removed by its id, at most {Most} at a time.", "resources");
        var place = found.Value;
        var there = await place.FindAsync(ct);
        if (!there.Succeeded)
            return there.Cast<IReadOnlyList<RemovalView>>();
        if (ids.FirstOrDefault(id => there.Value.All(resource => resource.Id != id)) is { } strange)
            return new OperationFault(FaultKind.Invalid, "Invalid", $"'{strange}' is not among what is left in the network of {node}; look again.", "resources");
        CloudResource[] wanted = [.. there.Value.Where(resource => ids.Contains(resource.Id))];
        // Written down before anything happens: what was asked for is known whatever becomes of it.
        await WriteAsync(place, Said(actor, place, "leftovers.remove", $"{actor.Name} has {Named(wanted)} removed from the network of {node}. {why}".TrimEnd()));
        var removals = new List<RemovalView>();
        foreach (var resource in wanted)
        {
            var removed = await place.Shop.Clouds.RemoveAsync(place.Environment, resource, CancellationToken.None);
            removals.Add(new RemovalView(resource, removed.Succeeded, removed.Succeeded ? "Its removal has begun." : removed.Faults[0].Message));
        }

        var text = $"{removals.Count(one => one.Begun)} of {removals.Count} are being removed from the network of {node}.";
        await WriteAsync(place, [Said(actor, place, "leftovers.removed", text), .. kept.Rows(actor, Answers.Removed(removals))]);
        return removals;
    }

    private static string Named(CloudResource[] resources) => string.Join(", ", resources.Take(20).Select(resource => $"{resource.Type} {resource.Id}")) + (resources.Length > 20 ? $" and {resources.Length - 20} more" : "");

    private AuditEvent Said(Actor actor, Place place, string action, string message) =>
        AuditEvent.Of(actor, place.Environment.Tenant, action, $"environment/{place.Environment.Id}/{place.Entity.Node}", message, time.GetUtcNow());

    private static Task WriteAsync(Place place, params object[] rows) => place.Cell.Journal.CommitAsync(rows.Aggregate(new JournalBatch(), (batch, row) => batch.Add(row)), CancellationToken.None);

    private async Task<Outcome<Place>> PlaceAsync(Actor actor, Guid runId, string node, CancellationToken ct)
    {
        if (await finder.RunAsync(actor, runId, ct) is not var (slug, environmentId))
            return Guard.NotFound("run", runId.ToString());
        var cell = storage.Cells.Get(slug);
        var (environment, step, entities, newest) = await cell.ReadAsync(actor.Scope, async db => (
            await db.Environments.SingleAsync(e => e.Id == environmentId, ct),
            await db.Steps.SingleOrDefaultAsync(s => s.RunId == runId && s.Node == node, ct),
            await db.Entities.Where(e => e.EnvironmentId == environmentId).ToListAsync(ct),
            await db.Runs.Where(r => r.EnvironmentId == environmentId && r.Kind != RunKind.Check).OrderByDescending(r => r.Number).Select(r => r.Id).FirstAsync(ct)));
        if (step is null || entities.FirstOrDefault(e => e.Node == node) is not { } entity)
            return Guard.NotFound("step", node);
        if (Guard.Right(actor, Right.Delete, environment) is { } forbidden)
            return forbidden;
        // A newer run may have put the network to use again: what stands in it then is nobody's leftover.
        return step is { State: StepState.Failed, Reason: Reasons.LeftoversInNetwork } && runId == newest && entity.Stands
            ? new Place(cell, workshops.Of(cell), environment, entity, entities.Where(e => e.Stands).Select(e => e.Id.ToString()).ToHashSet(StringComparer.Ordinal))
            : new OperationFault(FaultKind.WrongState, "WrongState", $"Nothing was found in the way of {node}: its step is {step.State}{(runId == newest ? "" : ", and a newer run has taken its place")}. Leftovers are looked for when a network is to be destroyed.");
    }

    private sealed record Place(Cell Cell, Workshop Shop, FabricEnvironment Environment, Entity Entity, IReadOnlySet<string> Standing)
    {
        /// <summary>What carries the tag of an entity that stands is that entity's, and goes with it.</summary>
        public async Task<Outcome<IReadOnlyList<CloudResource>>> FindAsync(CancellationToken ct)
        {
            var found = await new Leftovers(Shop).FindAsync(Environment, Entity, ct);
            return found.Succeeded ? found.Value.Where(resource => !(resource.Tags.TryGetValue("fabric-entity", out var owner) && Standing.Contains(owner))).ToList() : found;
        }
    }
}
