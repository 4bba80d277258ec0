using System.Text.Json.Nodes;
using Fabric.Web.Live;
using Fabric.Web.PublicApi.Repeats;
using Fabric.Workflows.Audit;
using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Catalog;
using Fabric.Workflows.Clouds;
using Fabric.Workflows.Clouds.Accounts;
using Fabric.Workflows.Configuration;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Runs;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Web.Runtime.Desk;

/// <summary>Creates environments: checks everything first, then writes name, generation, revision, run and audit event.</summary>
internal sealed partial class EnvironmentCreation(
    FabricStorage storage, EngineHosts hosts, BlueprintLibrary library, CatalogReads catalog, AdoptedOutputs adoption, AccountChoice accounts, AccountGate gate, KeptAnswers kept, IGrainFactory grains, TimeProvider time, ILogger<EnvironmentCreation> logger)
{
    /// <summary>Every fault of a request; or what it comes to.</summary>
    public async Task<Outcome<Draft>> CheckAsync(Actor actor, NewEnvironment request, CancellationToken ct)
    {
        if (!actor.Scope.Includes(request.Tenant) || !await TenantExistsAsync(request.Tenant, ct))
            return new OperationFault(FaultKind.Invalid, "UnknownTenant", $"There is no tenant {request.Tenant}.", "tenant");
        if (!Rights.Has(actor.Role, Right.Change))
            return new OperationFault(FaultKind.Forbidden, "Forbidden", $"The role {actor.Role} may not create environments.");
        var faults = new List<OperationFault>();
        if (!Workflows.Tenancy.Slug.IsValid(request.Name))
            faults.Add(new OperationFault(FaultKind.Invalid, "BadName", $"'{request.Name}' is no environment name: {Workflows.Tenancy.Slug.Rule}.", "name"));
        if (string.IsNullOrWhiteSpace(request.Region))
            faults.Add(new OperationFault(FaultKind.Invalid, "MissingRegion", "An environment needs a region; the sandbox cloud has the region local.", "region"));
        if (request.AutoApprove && !Rights.Has(actor.Role, Right.AutoApprove))
            faults.Add(new OperationFault(FaultKind.Forbidden, "Forbidden", $"The role {actor.Role} may not let plans go on without a person.", "autoApprove"));
        var cell = request.Cell ?? storage.Cells.Slugs[0];
        if (!storage.Cells.Slugs.Contains(cell))
            faults.Add(new OperationFault(FaultKind.Invalid, "UnknownCell", $"There is no cell {cell}.", "cell"));
        var published = await catalog.PublishedAsync(request.Blueprint, request.Version, ct);
        if (!published.Succeeded)
            return faults.Concat(published.Faults).ToArray();
        var blueprint = published.Value;
        var adopted = await adoption.ResolveAsync(request.Tenant, cell, request.Adopted, ct);
        faults.AddRange(adopted.Faults);
        var wish = new Wish(blueprint, request.Cloud, request.Parameters, request.NoOp, adopted.Succeeded ? adopted.Value : []);
        EntityCatalogLookup types = storage.Cells.Slugs.Contains(cell) ? await hosts.Get(cell).Catalog.LookupAsync(blueprint, library.Catalog, ct) : library.Catalog.Find;
        var values = DesiredBuilder.Check(wish, types);
        faults.AddRange(values.Faults);
        var account = await AccountAsync(request, cell, wish, types, ct);
        faults.AddRange(account.Faults);
        return faults.Count > 0 ? faults.ToArray() : Write(actor, request, cell, wish, values.Value, account.Value?.Id) with { Types = DesiredBuilder.TypesOf(blueprint, types) };
    }

    /// <summary>Creates the environment and asks for its first run.</summary>
    public async Task<Outcome<ChangeAccepted>> CreateAsync(Actor actor, NewEnvironment request, CancellationToken ct)
    {
        // The account that is chosen must not be deleted before the environment that uses it is there.
        using var turn = request.Account is null ? null : await gate.EnterAsync(ct);
        var check = await CheckAsync(actor, request, ct);
        if (!check.Succeeded)
            return check.Cast<ChangeAccepted>();
        var draft = check.Value;
        if (await hosts.Get(draft.Environment.Cell).Catalog.EnsureAsync(draft.Wish.Blueprint, draft.Types, ct) is { } changed)
            return changed;
        var batch = new JournalBatch().Add(draft.Environment).Add(draft.Generation).Add(draft.Revision).Add(draft.Run).Add(draft.Event(time)).Add(draft.Audit(actor, time));
        var done = new ChangeAccepted(draft.Environment.Id, draft.Run.Id, 1);
        foreach (var row in kept.Rows(actor, Answers.Created(done)))
            batch.Add(row);
        try
        {
            await storage.Environments.CreateAsync(draft.Environment, batch, ct);
        }
        catch (RowConflictException)
        {
            return new OperationFault(FaultKind.Conflict, "NameTaken", $"{request.Tenant} has an environment named {request.Name} already.", "name");
        }

        await WakeAsync(draft.Environment);
        return done;
    }

    /// <summary>Prompt, and no more: the row says that it is to be looked at now, so the cell's scanner wakes it whatever happens here.</summary>
    private async Task WakeAsync(FabricEnvironment environment)
    {
        try
        {
            await grains.Environment(environment.Cell, environment.Id).WakeAsync();
        }
        catch (Exception e)
        {
            LogWakeFailed(logger, e, environment.Cell, environment.Id);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Environment {EnvironmentId} of cell {Cell} is created and could not be woken at once; the scanner does it.")]
    private static partial void LogWakeFailed(ILogger logger, Exception exception, string cell, Guid environmentId);

    private async Task<bool> TenantExistsAsync(string tenant, CancellationToken ct)
    {
        await using var db = storage.Directory.Open(TenantScope.All);
        return await db.Tenants.AnyAsync(t => t.Slug == tenant, ct);
    }

    private async Task<Outcome<CloudAccount?>> AccountAsync(NewEnvironment request, string slug, Wish wish, EntityCatalogLookup types, CancellationToken ct)
    {
        // What is wrong with cell or cloud is said already.
        if (storage.Cells.Find(slug) is not { } cell || !Placement.Clouds.Contains(wish.Cloud))
            return (CloudAccount?)null;
        var needed = AccountChoice.IsNeeded(wish.Blueprint, types, wish.Cloud, DesiredBuilder.NoOpOf(wish));
        return await accounts.ChooseAsync(new AccountPlace(request.Tenant, cell, wish.Cloud, request.Region, request.Account, needed), ct);
    }

    private Draft Write(Actor actor, NewEnvironment request, string cell, Wish wish, LayeredValues values, Guid? account)
    {
        var now = time.GetUtcNow();
        var run = Guid.CreateVersion7(now);
        var environment = new FabricEnvironment
        {
            Id = Guid.CreateVersion7(now),
            Tenant = request.Tenant,
            Name = request.Name,
            Cell = cell,
            Blueprint = request.Blueprint,
            Cloud = request.Cloud,
            Region = request.Region,
            AccountId = account,
            AutoApprove = request.AutoApprove,
            PendingRunId = run,
            NextLookAt = now,
            CreatedAt = now,
            UpdatedAt = now,
        };
        var generation = new Generation
        {
            EnvironmentId = environment.Id,
            Number = 1,
            Tenant = request.Tenant,
            Blueprint = request.Blueprint,
            BlueprintVersion = wish.Blueprint.Version,
            Revision = 1,
            Parameters = values.Values,
            NoOp = request.NoOp,
            Adopted = wish.Adopted,
            CreatedAt = now,
            ActorId = actor.Id,
        };
        return new Draft(wish, environment, generation, values, request.Parameters, FirstRun(actor, environment, generation, run, now), actor);
    }

    private static Run FirstRun(Actor actor, FabricEnvironment environment, Generation generation, Guid id, DateTimeOffset now) => new()
    {
        Id = id,
        Tenant = environment.Tenant,
        EnvironmentId = environment.Id,
        Number = 1,
        Kind = RunKind.Apply,
        Generation = 1,
        BlueprintVersion = generation.BlueprintVersion,
        ActorId = actor.Id,
        ActorName = actor.Name,
        Why = "First deployment.",
        CreatedAt = now,
    };

    /// <summary>An environment that could be created.</summary>
    internal sealed record Draft(Wish Wish, FabricEnvironment Environment, Generation Generation, LayeredValues Values, JsonObject Own, Run Run, Actor Actor)
    {
        /// <summary>The types its blueprint version was published with.</summary>
        public IReadOnlyList<EntityType> Types { get; init; } = [];

        public Revision Revision => new()
        {
            EnvironmentId = Environment.Id,
            Number = 1,
            Tenant = Environment.Tenant,
            Values = (JsonObject)Own.DeepClone(),
            LayerVersions = Versions(Values.Versions, 1),
            Changes = ValueDiff.Compare(null, Generation.Parameters),
            Message = "Created.",
            ActorId = Actor.Id,
            ActorName = Actor.Name,
            CreatedAt = Environment.CreatedAt,
        };

        public RunEvent Event(TimeProvider time) => new()
        {
            Tenant = Environment.Tenant,
            EnvironmentId = Environment.Id,
            RunId = Run.Id,
            At = time.GetUtcNow(),
            Kind = "RunRequested",
            Message = $"Environment created by {Actor.Name}.",
            Actor = Actor.Name,
        };

        public AuditEvent Audit(Actor actor, TimeProvider time) => AuditEvent.Of(
            actor,
            Environment.Tenant,
            "environment.create",
            $"environment/{Environment.Id}",
            $"Environment {Environment.Name} of {Environment.Blueprint} version {Generation.BlueprintVersion} on {Environment.Cloud}/{Environment.Region}.",
            time.GetUtcNow());

        internal static JsonObject Versions(JsonObject layers, int environmentRevision)
        {
            var versions = (JsonObject)layers.DeepClone();
            versions["environment"] = environmentRevision;
            return versions;
        }
    }
}
