using System.Text.Json.Nodes;
using Fabric.Workflows.Configuration;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Runs;
using Fabric.Workflows.Tenancy;

namespace Fabric.Web.Live;

/// <summary>A request for a new environment.</summary>
public sealed record NewEnvironment(
    string Tenant,
    string Name,
    string Blueprint,
    int? Version,
    string Cloud,
    string Region,
    string? Cell,
    JsonObject Parameters,
    IReadOnlyList<string> NoOp,
    JsonObject Adopted,
    bool AutoApprove = false);

/// <summary>What a change set in motion.</summary>
public sealed record ChangeAccepted(Guid EnvironmentId, Guid RunId, int Revision);

/// <summary>
/// All that pages and the API ask of the product: reads as views, changes as outcomes. A seam: pages are tested with a fed one.
/// Every call takes the actor; nothing outside its tenant is seen or changed.
/// </summary>
public interface IDesk
{
    Task<FleetView> ListEnvironmentsAsync(Actor actor, CancellationToken ct);

    Task<EnvironmentView?> GetEnvironmentAsync(Actor actor, Guid id, CancellationToken ct);

    /// <summary>Looks an environment up by its name in a tenant.</summary>
    Task<Guid?> FindEnvironmentAsync(Actor actor, string tenant, string name, CancellationToken ct);

    Task<RunView?> GetRunAsync(Actor actor, Guid runId, CancellationToken ct);

    /// <summary>Events of a run (or, with no run, of the environment) after a cursor, oldest first.</summary>
    Task<IReadOnlyList<RunEvent>> GetEventsAsync(Actor actor, Guid environmentId, Guid? runId, long after, int limit, CancellationToken ct);

    Task<IReadOnlyList<Revision>> GetRevisionsAsync(Actor actor, Guid environmentId, CancellationToken ct);

    Task<IReadOnlyList<AgentView>> ListAgentsAsync(Actor actor, CancellationToken ct);

    Task<IReadOnlyList<BlueprintLine>> ListBlueprintsAsync(Actor actor, CancellationToken ct);

    Task<Outcome<BlueprintForm>> GetFormAsync(Actor actor, string blueprint, int? version, string cloud, IReadOnlyList<string> noOp, CancellationToken ct);

    Task<Outcome<PlanPreview>> PreviewAsync(Actor actor, NewEnvironment request, CancellationToken ct);

    Task<Outcome<ChangeAccepted>> CreateAsync(Actor actor, NewEnvironment request, CancellationToken ct);

    Task<Outcome<PlanPreview>> PreviewParametersAsync(Actor actor, Guid environmentId, JsonObject mergePatch, CancellationToken ct);

    /// <param name="expectedRevision">The revision the person looked at; a newer one is a <see cref="FaultKind.PreconditionFailed"/>.</param>
    Task<Outcome<ChangeAccepted>> ChangeParametersAsync(Actor actor, Guid environmentId, JsonObject mergePatch, string message, int? expectedRevision, CancellationToken ct);

    /// <summary>Changes version, no-op flags or adopted outputs; null leaves as is.</summary>
    Task<Outcome<ChangeAccepted>> ChangeBlueprintAsync(Actor actor, Guid environmentId, int? version, IReadOnlyList<string>? noOp, JsonObject? adopted, int? expectedRevision, CancellationToken ct);

    Task<Outcome<ChangeAccepted>> DeleteAsync(Actor actor, Guid environmentId, int? expectedRevision, CancellationToken ct);

    Task<Outcome<ChangeAccepted>> StartRunAsync(Actor actor, Guid environmentId, RunKind kind, string? operation, int? expectedRevision, CancellationToken ct);

    /// <param name="action">approve, reject, cancel, pause, resume.</param>
    Task<Outcome<Run>> ActOnRunAsync(Actor actor, Guid runId, string action, string? planHash, string? message, CancellationToken ct);

    /// <param name="action">approve, reject, retry, skip.</param>
    Task<Outcome<Step>> ActOnStepAsync(Actor actor, Guid runId, string node, string action, string? message, CancellationToken ct);

    Task<Outcome<EnrollmentView>> EnrollAsync(Actor actor, Guid environmentId, CancellationToken ct);

    Task<Outcome<bool>> RevokeAgentAsync(Actor actor, Guid agentId, CancellationToken ct);

    /// <summary>
    /// Calls back after every commit that touches what the actor may see: the environment that changed, or null for the fleet at
    /// large. Callbacks come from any thread and must return at once.
    /// </summary>
    /// <param name="environmentId">One environment; null for all.</param>
    IDisposable Watch(Actor actor, Guid? environmentId, Action<Guid?> changed);
}
