using Fabric.Web.Live;
using Fabric.Workflows.Configuration;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Fleet;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Runs;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Web.Runtime.Desk;

/// <summary>Reads environments and runs. Every query opens the database in the actor's scope.</summary>
internal sealed class EnvironmentReads(FabricStorage storage, EngineHosts hosts, EnvironmentFinder finder, TimeProvider time)
{
    private const int RunsShown = 50;

    public async Task<FleetView> ListAsync(Actor actor, CancellationToken ct)
    {
        var found = await finder.AllAsync(actor, LinesAsync, ct);
        return new FleetView([.. found.Rows.SelectMany(row => row.Value).OrderBy(line => line.Environment.Tenant, StringComparer.Ordinal).ThenBy(line => line.Environment.Name, StringComparer.Ordinal)], found.Unreachable);
    }

    public async Task<Guid?> FindAsync(Actor actor, string tenant, string name, CancellationToken ct)
    {
        await using var db = storage.Directory.Open(actor.Scope);
        return await db.EnvironmentPlaces.Where(place => place.Tenant == tenant && place.Name == name && place.State == PlaceState.Confirmed)
            .Select(place => (Guid?)place.Id).SingleOrDefaultAsync(ct);
    }

    public async Task<EnvironmentView?> GetAsync(Actor actor, Guid id, CancellationToken ct)
    {
        if (await finder.CellOfAsync(actor, id, ct) is not { } cell)
            return null;
        return await storage.Cells.Get(cell).ReadAsync(actor.Scope, db => ViewAsync(actor, cell, db, id, ct));
    }

    public async Task<RunView?> GetRunAsync(Actor actor, Guid runId, CancellationToken ct)
    {
        if (await finder.RunAsync(actor, runId, ct) is not var (cell, _))
            return null;
        return await storage.Cells.Get(cell).ReadAsync(
            actor.Scope,
            async db =>
            {
                var run = await db.Runs.SingleAsync(run => run.Id == runId, ct);
                var environment = await db.Environments.SingleAsync(e => e.Id == run.EnvironmentId, ct);
                var entities = await db.Entities.Where(e => e.EnvironmentId == run.EnvironmentId).ToListAsync(ct);
                return await RunViewAsync(actor, cell, db, run, environment, entities, ct);
            });
    }

    public async Task<IReadOnlyList<Revision>> RevisionsAsync(Actor actor, Guid environmentId, CancellationToken ct)
    {
        if (await finder.CellOfAsync(actor, environmentId, ct) is not { } cell)
            return [];
        return await storage.Cells.Get(cell).ReadAsync(actor.Scope, db => db.Revisions.Where(r => r.EnvironmentId == environmentId).OrderByDescending(r => r.Number).ToListAsync(ct));
    }

    public async Task<AgentsView> AgentsAsync(Actor actor, CancellationToken ct)
    {
        var found = await finder.AllAsync(
            actor,
            async (db, token) =>
            {
                var bindings = await db.AgentBindings.ToListAsync(token);
                var agents = await db.Agents.Where(agent => agent.RevokedAt == null).ToListAsync(token);
                return agents.Select(agent => View(agent, [.. bindings.Where(b => b.AgentId == agent.Id).Select(b => b.EnvironmentId)], [])).ToList();
            },
            ct);
        return new AgentsView([.. found.Rows.SelectMany(row => row.Value).OrderBy(view => view.Agent.Name, StringComparer.Ordinal)], found.Unreachable);
    }

    private async Task<EnvironmentView?> ViewAsync(Actor actor, string cell, CellDb db, Guid id, CancellationToken ct)
    {
        if (await db.Environments.SingleOrDefaultAsync(e => e.Id == id, ct) is not { } environment)
            return null;
        var entities = await db.Entities.Where(e => e.EnvironmentId == id).OrderBy(e => e.Node).ToListAsync(ct);
        var generation = await db.Generations.SingleAsync(g => g.EnvironmentId == id && g.Number == environment.Generation, ct);
        var desired = await hosts.Get(cell).Catalog.DesiredAsync(generation, [], ct);
        var runs = await db.Runs.Where(run => run.EnvironmentId == id).OrderByDescending(run => run.Number).Take(RunsShown).ToListAsync(ct);
        var latest = runs.FirstOrDefault(run => run.Id == environment.ActiveRunId) ?? runs.FirstOrDefault(run => run.Kind is not RunKind.Check && run.State is not RunState.Pending);
        return new EnvironmentView(
            environment,
            generation,
            desired.Blueprint.Parameters,
            ViewBuilder.Graph(desired),
            entities,
            runs,
            latest is null ? null : await RunViewAsync(actor, cell, db, latest, environment, entities, ct),
            await AgentOfAsync(db, id, ct),
            ViewBuilder.Outputs(desired, entities))
        {
            Operations = ViewBuilder.Operations(desired, entities),
            Account = await db.CloudAccounts.Where(account => account.Id == environment.AccountId).Select(account => new AccountName(account.Id, account.Name, account.Account)).SingleOrDefaultAsync(ct),
        };
    }

    private async Task<List<EnvironmentLine>> LinesAsync(CellDb db, CancellationToken token)
    {
        var now = time.GetUtcNow();
        var environments = await db.Environments.ToListAsync(token);
        var wanted = await db.Generations.Join(db.Environments, g => new { g.EnvironmentId, g.Number }, e => new { EnvironmentId = e.Id, Number = e.Generation }, (g, _) => new { g.EnvironmentId, g.BlueprintVersion, g.NoOpNotes })
            .ToDictionaryAsync(g => g.EnvironmentId, token);
        var active = await db.Runs.Where(run => db.Environments.Any(e => e.ActiveRunId == run.Id)).ToDictionaryAsync(run => run.Id, token);
        var agents = await db.AgentBindings.Join(db.Agents, b => b.AgentId, a => a.Id, (b, a) => new { b.EnvironmentId, a.Name, a.SeenAt }).ToDictionaryAsync(a => a.EnvironmentId, token);
        var drifted = await db.Entities.Where(entity => entity.Drifted).GroupBy(entity => entity.EnvironmentId).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, token);
        var gates = (await db.Steps.Where(step => step.State == StepState.AwaitingApproval && db.Environments.Any(e => e.ActiveRunId == step.RunId)).ToListAsync(token)).ToLookup(step => step.EnvironmentId);
        return [.. environments.Select(e => new EnvironmentLine(
            e,
            wanted.GetValueOrDefault(e.Id)?.BlueprintVersion ?? 0,
            e.ActiveRunId is { } run ? active.GetValueOrDefault(run) : null,
            agents.GetValueOrDefault(e.Id)?.Name,
            agents.GetValueOrDefault(e.Id)?.SeenAt,
            drifted.GetValueOrDefault(e.Id))
        {
            Gates = [.. gates[e.Id].OrderBy(step => step.Order)],
            ExpiredNoOps = NoOpNote.Expired(wanted.GetValueOrDefault(e.Id)?.NoOpNotes, now),
        })];
    }

    private async Task<RunView> RunViewAsync(Actor actor, string cell, CellDb db, Run run, FabricEnvironment environment, IReadOnlyList<Entity> entities, CancellationToken ct)
    {
        var generation = await db.Generations.SingleAsync(g => g.EnvironmentId == run.EnvironmentId && g.Number == run.Generation, ct);
        var desired = await hosts.Get(cell).Catalog.DesiredAsync(generation, [], ct);
        var steps = await db.Steps.Where(step => step.RunId == run.Id).OrderBy(step => step.Order).ToListAsync(ct);
        var approvals = await db.Approvals.Where(approval => approval.RunId == run.Id).OrderBy(approval => approval.At).ToListAsync(ct);
        return ViewBuilder.Run(actor, run, ViewBuilder.Graph(desired), steps, approvals) with { Place = new RunPlace(environment, generation.Blueprint, entities) };
    }

    private async Task<AgentView?> AgentOfAsync(CellDb db, Guid environmentId, CancellationToken ct)
    {
        var agent = await db.AgentBindings.Where(b => b.EnvironmentId == environmentId).Join(db.Agents, b => b.AgentId, a => a.Id, (_, a) => a).SingleOrDefaultAsync(ct);
        if (agent is null)
            return null;
        var intents = await db.Intents.Where(intent => intent.EnvironmentId == environmentId).OrderBy(intent => intent.Node).ToListAsync(ct);
        return View(agent, [environmentId], intents);
    }

    private AgentView View(AgentRecord agent, IReadOnlyList<Guid> environments, IReadOnlyList<Intent> intents) =>
        new(agent, ViewBuilder.IsOnline(agent, time.GetUtcNow()), environments, intents);
}
