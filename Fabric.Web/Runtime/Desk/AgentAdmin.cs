using System.Text.Json;
using Fabric.Web.Live;
using Fabric.Web.PublicApi.Repeats;
using Fabric.Workflows.Audit;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Engine.Operations;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Fleet;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Web.Runtime.Desk;

/// <summary>Gives out one-time rights to connect agents, and takes agents' trust away.</summary>
internal sealed class AgentAdmin(FabricStorage storage, EnvironmentFinder finder, ConnectManifests manifests, KeptAnswers kept, IGrainFactory grains, TimeProvider time)
{
    public async Task<Outcome<EnrollmentView>> EnrollAsync(Actor actor, Guid environmentId, CancellationToken ct)
    {
        if (await finder.CellOfAsync(actor, environmentId, ct) is not { } slug)
            return Guard.NotFound("environment", environmentId.ToString());
        var cell = storage.Cells.Get(slug);
        if (await cell.ReadAsync(actor.Scope, db => db.Environments.SingleOrDefaultAsync(e => e.Id == environmentId, ct)) is not { } environment)
            return Guard.NotFound("environment", environmentId.ToString());
        if (Guard.Right(actor, Right.Connect, environment) is { } forbidden)
            return forbidden;
        if (environment.IsSimulated)
            return new OperationFault(FaultKind.WrongState, "Simulated", $"Environment {environment.Name} is simulated: its cluster needs no agent.");
        if (manifests.Fault() is { } fault)
            return fault;
        var (token, row) = EnrollmentTokens.Create(slug, environment.Tenant, environment.Id, time.GetUtcNow());
        var made = manifests.Make(environment, token, row.ExpiresAt);
        var batch = new JournalBatch().Add(row).Add(Event(actor, environment, "agent.enroll", $"A one-time token to connect an agent to {environment.Name}."));
        foreach (var answer in kept.Rows(actor, Answers.Enrolled(made)))
            batch.Add(answer);
        await cell.Journal.CommitAsync(batch, ct);
        return made;
    }

    public async Task<Outcome<bool>> RevokeAsync(Actor actor, Guid agentId, CancellationToken ct)
    {
        if (await finder.AgentAsync(actor, agentId, ct) is not var (slug, _))
            return Guard.NotFound("agent", agentId.ToString());
        if (!Rights.Has(actor.Role, Right.Connect))
            return new OperationFault(FaultKind.Forbidden, "Forbidden", $"The role {actor.Role} may not revoke agents.");
        var cell = storage.Cells.Get(slug);
        var agent = await cell.ReadAsync(actor.Scope, db => db.Agents.SingleAsync(a => a.Id == agentId, ct));
        // The grain is the only writer of the agent's row: a sync that crosses this cannot undo it.
        var audit = Event(actor, agent.Tenant, "agent.revoke", $"agent/{agentId}", $"Agent {agent.Name} is trusted no more.");
        var answer = kept.Rows(actor, Answers.Nothing).SingleOrDefault();
        await grains.Agent(slug, agentId).RevokeAsync(JsonSerializer.Serialize(audit, EngineJson.Options), answer is null ? null : JsonSerializer.Serialize(answer, answer.GetType(), EngineJson.Options));
        return true;
    }

    private AuditEvent Event(Actor actor, FabricEnvironment environment, string action, string message) =>
        Event(actor, environment.Tenant, action, $"environment/{environment.Id}", message);

    private AuditEvent Event(Actor actor, string tenant, string action, string subject, string message) =>
        AuditEvent.Of(actor, tenant, action, subject, message, time.GetUtcNow());
}
