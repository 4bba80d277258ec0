using System.Text.Json;
using System.Text.Json.Nodes;
using Fabric.Web.Live;
using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Configuration;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Engine.Operations;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Runs;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;
using EntityType = Fabric.Workflows.Catalog.EntityType;

namespace Fabric.Web.Runtime.Desk;

/// <summary>Changes what an environment is to be, and what its runs do: finds the cell, then asks the environment's grain.</summary>
internal sealed class EnvironmentChanges(
    FabricStorage storage, EngineHosts hosts, BlueprintLibrary library, CatalogReads catalog, AdoptedOutputs adoption, EnvironmentFinder finder, IGrainFactory grains, TimeProvider time)
{
    /// <summary>Carries an operation out on an environment.</summary>
    public async Task<Outcome<OperationDone>> AskAsync(Actor actor, Guid environmentId, Operation operation, CancellationToken ct) =>
        await finder.CellOfAsync(actor, environmentId, ct) is { } cell
            ? await AskAsync(cell, environmentId, operation)
            : Guard.NotFound("environment", environmentId.ToString());

    /// <summary>Carries an operation out on a run.</summary>
    public async Task<Outcome<OperationDone>> AskRunAsync(Actor actor, Guid runId, Operation operation, CancellationToken ct)
    {
        if (await finder.RunAsync(actor, runId, ct) is not var (cell, environmentId))
            return Guard.NotFound("run", runId.ToString());
        return await AskAsync(cell, environmentId, operation);
    }

    /// <summary>The generation that a change comes to; or every fault.</summary>
    public async Task<Outcome<Proposal>> ProposeAsync(Actor actor, Guid id, JsonObject? mergePatch, BlueprintChange? change, CancellationToken ct)
    {
        if (await finder.CellOfAsync(actor, id, ct) is not { } cell)
            return Guard.NotFound("environment", id.ToString());
        if (NoteFaults(change?.Note) is { Count: > 0 } faults)
            return faults.ToArray();
        if (await storage.Cells.Get(cell).ReadAsync(actor.Scope, db => StandingAsync(db, id, ct)) is not var (environment, before, revision))
            return Guard.NotFound("environment", id.ToString());
        var wanted = change?.Version ?? before.BlueprintVersion;
        var published = await catalog.PublishedAsync(before.Blueprint, wanted, ct, before.BlueprintVersion);
        if (!published.Succeeded)
            return published.Cast<Proposal>();
        var blueprint = published.Value;
        var outputs = change?.Adopted is null ? before.Adopted : default;
        if (outputs is null)
        {
            var resolved = await adoption.ResolveAsync(environment.Tenant, cell, change!.Adopted!, ct);
            if (!resolved.Succeeded)
                return resolved.Cast<Proposal>();
            outputs = resolved.Value;
        }

        var own = mergePatch is null ? revision.Values : MergePatch.Apply(revision.Values, mergePatch);
        var wish = new Wish(blueprint, environment.Cloud, own, change?.NoOp ?? before.NoOp, outputs);
        var types = await hosts.Get(cell).Catalog.LookupAsync(blueprint, library.Catalog, ct);
        var values = DesiredBuilder.Check(wish, types);
        if (!values.Succeeded)
            return values.Cast<Proposal>();
        var number = mergePatch is null ? environment.Revision : environment.Revision + 1;
        var generation = before with
        {
            Number = environment.Generation + 1,
            BlueprintVersion = blueprint.Version,
            Revision = number,
            Parameters = values.Value.Values,
            NoOp = wish.NoOp,
            Adopted = wish.Adopted,
            NoOpNotes = NoOpNote.Carry(before.NoOpNotes, before.NoOp, wish.NoOp, change?.Note ?? new NoOpNote(actor.Name, change?.Message ?? "", null)),
            CreatedAt = time.GetUtcNow(),
            ActorId = actor.Id,
        };
        return new Proposal(
            cell, environment, before, generation, blueprint, DesiredBuilder.TypesOf(blueprint, types), mergePatch is null ? null : own, EnvironmentCreation.Draft.Versions(values.Value.Versions, number));
    }

    /// <summary>Writes a proposal and asks for its run.</summary>
    public async Task<Outcome<ChangeAccepted>> ChangeAsync(Actor actor, Outcome<Proposal> proposed, string message, int? expectedRevision, CancellationToken ct, int? expectedGeneration = null)
    {
        if (!proposed.Succeeded)
            return proposed.Cast<ChangeAccepted>();
        var proposal = proposed.Value;
        if (await hosts.Get(proposal.Cell).Catalog.EnsureAsync(proposal.Blueprint, proposal.Types, ct) is { } changed)
            return changed;
        var done = await AskAsync(
            proposal.Cell,
            proposal.Environment.Id,
            new ChangeDesired(actor, proposal.Generation, proposal.Own, proposal.LayerVersions, message, expectedRevision, expectedGeneration));
        return done.Succeeded ? new ChangeAccepted(proposal.Environment.Id, done.Value.Run.Id, proposal.Generation.Revision) : done.Cast<ChangeAccepted>();
    }

    private static async Task<(FabricEnvironment Environment, Generation Generation, Revision Revision)?> StandingAsync(CellDb db, Guid id, CancellationToken ct)
    {
        if (await db.Environments.SingleOrDefaultAsync(e => e.Id == id, ct) is not { } environment)
            return null;
        var generation = await db.Generations.SingleAsync(g => g.EnvironmentId == id && g.Number == environment.Generation, ct);
        return (environment, generation, await db.Revisions.SingleAsync(r => r.EnvironmentId == id && r.Number == environment.Revision, ct));
    }

    private async Task<Outcome<OperationDone>> AskAsync(string cell, Guid environmentId, Operation operation)
    {
        var json = JsonSerializer.Serialize(operation, EngineJson.Options);
        var reply = await grains.Environment(cell, environmentId).ExecuteAsync(json);
        return JsonSerializer.Deserialize<OutcomeWire<OperationDone>>(reply.Json, EngineJson.Options)!.ToOutcome();
    }

    private List<OperationFault> NoteFaults(NoOpNote? note)
    {
        var faults = new List<OperationFault>();
        if (note is null)
            return faults;
        if (string.IsNullOrWhiteSpace(note.Owner))
            faults.Add(new OperationFault(FaultKind.Invalid, "MissingOwner", "Say who answers for what is left out.", "note.owner"));
        if (string.IsNullOrWhiteSpace(note.Reason))
            faults.Add(new OperationFault(FaultKind.Invalid, "MissingReason", "Say why it is left out.", "note.reason"));
        if (note.ExpiresAt <= time.GetUtcNow())
            faults.Add(new OperationFault(FaultKind.Invalid, "ExpiryPassed", "The expiry must lie ahead.", "note.expiresAt"));
        return faults;
    }

    /// <summary>A generation that could be written.</summary>
    internal sealed record Proposal(
        string Cell,
        FabricEnvironment Environment,
        Generation Before,
        Generation Generation,
        CompiledBlueprint Blueprint,
        IReadOnlyList<EntityType> Types,
        JsonObject? Own,
        JsonObject LayerVersions);
}
