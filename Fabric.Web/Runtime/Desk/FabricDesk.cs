using System.Text.Json.Nodes;
using Fabric.Web.Live;
using Fabric.Workflows.Configuration;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Engine.Operations;
using Fabric.Workflows.Runs;
using Fabric.Workflows.Tenancy;

namespace Fabric.Web.Runtime.Desk;

/// <summary>The desk of a running server.</summary>
internal sealed class FabricDesk(
    EnvironmentReads reads, RunReads runs, CatalogReads catalog, EnvironmentCreation creation, EnvironmentChanges changes, Previews previews, AgentAdmin agents, TenantReads tenants, LiveFeed live) : IDesk
{
    public Task<FleetView> ListEnvironmentsAsync(Actor actor, CancellationToken ct) => reads.ListAsync(actor, ct);

    public Task<EnvironmentView?> GetEnvironmentAsync(Actor actor, Guid id, CancellationToken ct) => reads.GetAsync(actor, id, ct);

    public Task<Guid?> FindEnvironmentAsync(Actor actor, string tenant, string name, CancellationToken ct) => reads.FindAsync(actor, tenant, name, ct);

    public Task<RunView?> GetRunAsync(Actor actor, Guid runId, CancellationToken ct) => reads.GetRunAsync(actor, runId, ct);

    public Task<IReadOnlyList<RunEvent>> GetEventsAsync(Actor actor, Guid environmentId, Guid? runId, long after, int limit, CancellationToken ct) =>
        runs.EventsAsync(actor, environmentId, runId, after, limit, ct);

    public Task<IReadOnlyList<RunEvent>> GetLatestEventsAsync(Actor actor, Guid environmentId, Guid? runId, long? before, int limit, CancellationToken ct) =>
        runs.LatestEventsAsync(actor, environmentId, runId, before, limit, ct);

    public Task<RunsView> ListRunsAsync(Actor actor, RunFilter filter, int limit, CancellationToken ct) => runs.ListAsync(actor, filter, limit, ct);

    public Task<IReadOnlyList<Revision>> GetRevisionsAsync(Actor actor, Guid environmentId, CancellationToken ct) => reads.RevisionsAsync(actor, environmentId, ct);

    public Task<IReadOnlyList<TenantLine>> ListTenantsAsync(Actor actor, CancellationToken ct) => tenants.ListAsync(actor, ct);

    public Task<AgentsView> ListAgentsAsync(Actor actor, CancellationToken ct) => reads.AgentsAsync(actor, ct);

    public Task<IReadOnlyList<BlueprintLine>> ListBlueprintsAsync(Actor actor, CancellationToken ct) => catalog.ListAsync(ct);

    public Task<IReadOnlyList<BlueprintVersionLine>> ListVersionsAsync(Actor actor, string? blueprint, CancellationToken ct) => catalog.VersionsAsync(blueprint, ct);

    public Task<BlueprintVersionView?> GetVersionAsync(Actor actor, string blueprint, int? version, CancellationToken ct) => catalog.VersionAsync(blueprint, version, ct);

    public Task<Outcome<BlueprintForm>> GetFormAsync(Actor actor, string blueprint, int? version, string cloud, IReadOnlyList<string> noOp, CancellationToken ct) =>
        catalog.FormAsync(blueprint, version, cloud, noOp, ct);

    public async Task<Outcome<PlanPreview>> PreviewAsync(Actor actor, NewEnvironment request, CancellationToken ct)
    {
        var draft = await creation.CheckAsync(actor, request, ct);
        return draft.Succeeded ? previews.OfNew(draft.Value) : draft.Cast<PlanPreview>();
    }

    public Task<Outcome<ChangeAccepted>> CreateAsync(Actor actor, NewEnvironment request, CancellationToken ct) => creation.CreateAsync(actor, request, ct);

    public async Task<Outcome<PlanPreview>> PreviewParametersAsync(Actor actor, Guid environmentId, JsonObject mergePatch, CancellationToken ct)
    {
        var proposal = await changes.ProposeAsync(actor, environmentId, mergePatch, null, ct);
        return proposal.Succeeded ? await previews.OfChangeAsync(proposal.Value, ct) : proposal.Cast<PlanPreview>();
    }

    public async Task<Outcome<ChangeAccepted>> ChangeParametersAsync(Actor actor, Guid environmentId, JsonObject mergePatch, string message, int? expectedRevision, CancellationToken ct) =>
        await changes.ChangeAsync(actor, await changes.ProposeAsync(actor, environmentId, mergePatch, null, ct), message, expectedRevision, ct);

    public async Task<Outcome<PlanPreview>> PreviewBlueprintAsync(Actor actor, Guid environmentId, BlueprintChange change, CancellationToken ct)
    {
        var proposal = await changes.ProposeAsync(actor, environmentId, null, change, ct);
        return proposal.Succeeded ? await previews.OfChangeAsync(proposal.Value, ct) : proposal.Cast<PlanPreview>();
    }

    public async Task<Outcome<ChangeAccepted>> ChangeBlueprintAsync(Actor actor, Guid environmentId, BlueprintChange change, int? expectedRevision, CancellationToken ct) =>
        await changes.ChangeAsync(actor, await changes.ProposeAsync(actor, environmentId, null, change, ct), change.Message, expectedRevision, ct, change.ExpectedGeneration);

    public Task<Outcome<ChangeAccepted>> DeleteAsync(Actor actor, Guid environmentId, int? expectedRevision, CancellationToken ct, int? expectedGeneration = null) =>
        StartAsync(actor, environmentId, new StartRun(actor, RunKind.Destroy, ExpectedRevision: expectedRevision, ExpectedGeneration: expectedGeneration), ct);

    public Task<Outcome<ChangeAccepted>> StartRunAsync(Actor actor, Guid environmentId, RunKind kind, string? operation, int? expectedRevision, CancellationToken ct, int? expectedGeneration = null) =>
        StartAsync(actor, environmentId, new StartRun(actor, kind, operation, ExpectedRevision: expectedRevision, ExpectedGeneration: expectedGeneration), ct);

    public async Task<Outcome<Run>> ActOnRunAsync(Actor actor, Guid runId, string action, string? planHash, string? message, CancellationToken ct)
    {
        if (!Enum.TryParse<RunVerb>(action, ignoreCase: true, out var verb))
            return new OperationFault(FaultKind.NotFound, "UnknownAction", $"A run knows no {action}; it knows {string.Join(", ", Enum.GetNames<RunVerb>())}.");
        var done = await changes.AskRunAsync(actor, runId, new DecideRun(actor, runId, verb, planHash, message ?? ""), ct);
        return done.Succeeded ? done.Value.Run : done.Cast<Run>();
    }

    public async Task<Outcome<Step>> ActOnStepAsync(Actor actor, Guid runId, string node, string action, string? message, CancellationToken ct)
    {
        if (!Enum.TryParse<StepVerb>(action, ignoreCase: true, out var verb))
            return new OperationFault(FaultKind.NotFound, "UnknownAction", $"A step knows no {action}; it knows {string.Join(", ", Enum.GetNames<StepVerb>())}.");
        var done = await changes.AskRunAsync(actor, runId, new DecideStep(actor, runId, node, verb, message ?? ""), ct);
        return done.Succeeded ? done.Value.Step! : done.Cast<Step>();
    }

    public Task<Outcome<EnrollmentView>> EnrollAsync(Actor actor, Guid environmentId, CancellationToken ct) => agents.EnrollAsync(actor, environmentId, ct);

    public Task<Outcome<bool>> RevokeAgentAsync(Actor actor, Guid agentId, CancellationToken ct) => agents.RevokeAsync(actor, agentId, ct);

    public IDisposable Watch(Actor actor, Guid? environmentId, Action<Guid?> changed) => live.Watch(actor, environmentId, changed);

    private async Task<Outcome<ChangeAccepted>> StartAsync(Actor actor, Guid environmentId, StartRun start, CancellationToken ct)
    {
        var done = await changes.AskAsync(actor, environmentId, start, ct);
        return done.Succeeded ? new ChangeAccepted(environmentId, done.Value.Run.Id, 0) : done.Cast<ChangeAccepted>();
    }
}
