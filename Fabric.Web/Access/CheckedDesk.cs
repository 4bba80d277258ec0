using System.Text.Json.Nodes;
using Fabric.Web.Live;
using Fabric.Workflows.Configuration;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Runs;
using Fabric.Workflows.Tenancy;

namespace Fabric.Web.Access;

/// <summary>
/// The desk as pages have it: before a change the directory is asked what the person may do now, whatever the page was opened with.
/// Programs are asked who they are at every call, so theirs goes straight through.
/// </summary>
internal sealed class CheckedDesk(IDesk desk, SignedIn person) : IDesk
{
    public Task<FleetView> ListEnvironmentsAsync(Actor actor, CancellationToken ct) => desk.ListEnvironmentsAsync(actor, ct);

    public Task<EnvironmentView?> GetEnvironmentAsync(Actor actor, Guid id, CancellationToken ct) => desk.GetEnvironmentAsync(actor, id, ct);

    public Task<Guid?> FindEnvironmentAsync(Actor actor, string tenant, string name, CancellationToken ct) => desk.FindEnvironmentAsync(actor, tenant, name, ct);

    public Task<RunView?> GetRunAsync(Actor actor, Guid runId, CancellationToken ct) => desk.GetRunAsync(actor, runId, ct);

    public Task<IReadOnlyList<RunEvent>> GetEventsAsync(Actor actor, Guid environmentId, Guid? runId, long after, int limit, CancellationToken ct) =>
        desk.GetEventsAsync(actor, environmentId, runId, after, limit, ct);

    public Task<IReadOnlyList<RunEvent>> GetLatestEventsAsync(Actor actor, Guid environmentId, Guid? runId, long? before, int limit, CancellationToken ct) =>
        desk.GetLatestEventsAsync(actor, environmentId, runId, before, limit, ct);

    public Task<RunsView> ListRunsAsync(Actor actor, RunFilter filter, int limit, CancellationToken ct) => desk.ListRunsAsync(actor, filter, limit, ct);

    public Task<IReadOnlyList<Revision>> GetRevisionsAsync(Actor actor, Guid environmentId, CancellationToken ct) => desk.GetRevisionsAsync(actor, environmentId, ct);

    public Task<IReadOnlyList<TenantLine>> ListTenantsAsync(Actor actor, CancellationToken ct) => desk.ListTenantsAsync(actor, ct);

    public Task<AgentsView> ListAgentsAsync(Actor actor, CancellationToken ct) => desk.ListAgentsAsync(actor, ct);

    public Task<IReadOnlyList<BlueprintLine>> ListBlueprintsAsync(Actor actor, CancellationToken ct) => desk.ListBlueprintsAsync(actor, ct);

    public Task<IReadOnlyList<BlueprintVersionLine>> ListVersionsAsync(Actor actor, string? blueprint, CancellationToken ct) => desk.ListVersionsAsync(actor, blueprint, ct);

    public Task<BlueprintVersionView?> GetVersionAsync(Actor actor, string blueprint, int? version, CancellationToken ct) => desk.GetVersionAsync(actor, blueprint, version, ct);

    public Task<Outcome<BlueprintForm>> GetFormAsync(Actor actor, string blueprint, int? version, string cloud, IReadOnlyList<string> noOp, CancellationToken ct) =>
        desk.GetFormAsync(actor, blueprint, version, cloud, noOp, ct);

    public Task<Outcome<PlanPreview>> PreviewAsync(Actor actor, NewEnvironment request, CancellationToken ct) => desk.PreviewAsync(actor, request, ct);

    public Task<Outcome<PlanPreview>> PreviewParametersAsync(Actor actor, Guid environmentId, JsonObject mergePatch, CancellationToken ct) =>
        desk.PreviewParametersAsync(actor, environmentId, mergePatch, ct);

    public Task<Outcome<PlanPreview>> PreviewBlueprintAsync(Actor actor, Guid environmentId, BlueprintChange change, CancellationToken ct) =>
        desk.PreviewBlueprintAsync(actor, environmentId, change, ct);

    public IDisposable Watch(Actor actor, Guid? environmentId, Action<Guid?> changed) => desk.Watch(actor, environmentId, changed);

    public Task<Outcome<ChangeAccepted>> CreateAsync(Actor actor, NewEnvironment request, CancellationToken ct) =>
        AsNowAsync(actor, now => desk.CreateAsync(now, request, ct));

    public Task<Outcome<ChangeAccepted>> ChangeParametersAsync(Actor actor, Guid environmentId, JsonObject mergePatch, string message, int? expectedRevision, CancellationToken ct) =>
        AsNowAsync(actor, now => desk.ChangeParametersAsync(now, environmentId, mergePatch, message, expectedRevision, ct));

    public Task<Outcome<ChangeAccepted>> ChangeBlueprintAsync(Actor actor, Guid environmentId, BlueprintChange change, int? expectedRevision, CancellationToken ct) =>
        AsNowAsync(actor, now => desk.ChangeBlueprintAsync(now, environmentId, change, expectedRevision, ct));

    public Task<Outcome<ChangeAccepted>> DeleteAsync(Actor actor, Guid environmentId, int? expectedRevision, CancellationToken ct, int? expectedGeneration = null) =>
        AsNowAsync(actor, now => desk.DeleteAsync(now, environmentId, expectedRevision, ct, expectedGeneration));

    public Task<Outcome<ChangeAccepted>> StartRunAsync(Actor actor, Guid environmentId, RunKind kind, string? operation, int? expectedRevision, CancellationToken ct, int? expectedGeneration = null) =>
        AsNowAsync(actor, now => desk.StartRunAsync(now, environmentId, kind, operation, expectedRevision, ct, expectedGeneration));

    public Task<Outcome<Run>> ActOnRunAsync(Actor actor, Guid runId, string action, string? planHash, string? message, CancellationToken ct) =>
        AsNowAsync(actor, now => desk.ActOnRunAsync(now, runId, action, planHash, message, ct));

    public Task<Outcome<Step>> ActOnStepAsync(Actor actor, Guid runId, string node, string action, string? message, CancellationToken ct) =>
        AsNowAsync(actor, now => desk.ActOnStepAsync(now, runId, node, action, message, ct));

    public Task<Outcome<EnrollmentView>> EnrollAsync(Actor actor, Guid environmentId, CancellationToken ct) => AsNowAsync(actor, now => desk.EnrollAsync(now, environmentId, ct));

    public Task<Outcome<bool>> RevokeAgentAsync(Actor actor, Guid agentId, CancellationToken ct) => AsNowAsync(actor, now => desk.RevokeAgentAsync(now, agentId, ct));

    private Task<Outcome<T>> AsNowAsync<T>(Actor actor, Func<Actor, Task<Outcome<T>>> change) => person.AsNowAsync(actor, change);
}
