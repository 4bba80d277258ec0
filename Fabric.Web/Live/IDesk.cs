using System.Text.Json.Nodes;
using Fabric.Workflows.Configuration;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Environments;
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
    bool AutoApprove = false)
{
    /// <summary>Name or id of the cloud account it is made in; null for none.</summary>
    public string? Account { get; init; }
}

/// <summary>A wish to change what an environment deploys; what is null stays.</summary>
/// <param name="Version">Published version of its blueprint.</param>
/// <param name="NoOp">All nodes flagged no-op on this environment.</param>
/// <param name="Adopted">Adopted outputs by node.</param>
/// <param name="Message">Why, in the person's words.</param>
/// <param name="Note">Owner, reason and expiry of the flags that are new.</param>
/// <param name="ExpectedGeneration">The generation the person looked at; a newer one is a <see cref="FaultKind.PreconditionFailed"/>. Null to not care.</param>
public sealed record BlueprintChange(
    int? Version = null, IReadOnlyList<string>? NoOp = null, JsonObject? Adopted = null, string Message = "", NoOpNote? Note = null, int? ExpectedGeneration = null);

/// <summary>Which runs a list shows; what is null is not asked for.</summary>
/// <param name="State">A state, or <c>going</c>, <c>waiting</c>.</param>
/// <param name="Kind">A kind of run.</param>
/// <param name="Tenant">A tenant.</param>
/// <param name="Text">A piece of the environment's name or of who asked.</param>
public sealed record RunFilter(string? State = null, string? Kind = null, string? Tenant = null, string? Text = null);

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

    /// <summary>The newest events of a run (or, with no run, of the environment) before a cursor, oldest first.</summary>
    /// <param name="before">Sequence of the first event that is there already; null for the end of the journal.</param>
    Task<IReadOnlyList<RunEvent>> GetLatestEventsAsync(Actor actor, Guid environmentId, Guid? runId, long? before, int limit, CancellationToken ct);

    /// <summary>Runs of every environment, newest first.</summary>
    Task<RunsView> ListRunsAsync(Actor actor, RunFilter filter, int limit, CancellationToken ct);

    Task<IReadOnlyList<Revision>> GetRevisionsAsync(Actor actor, Guid environmentId, CancellationToken ct);

    /// <summary>The tenants a person may open: every one for vendor roles, else those the person is a member of.</summary>
    Task<IReadOnlyList<TenantLine>> ListTenantsAsync(Actor actor, CancellationToken ct);

    /// <summary>The agents that are trusted, by name.</summary>
    Task<AgentsView> ListAgentsAsync(Actor actor, CancellationToken ct);

    Task<IReadOnlyList<BlueprintLine>> ListBlueprintsAsync(Actor actor, CancellationToken ct);

    /// <summary>Every published version of every blueprint; of one, when it is named. Newest first within a blueprint.</summary>
    Task<IReadOnlyList<BlueprintVersionLine>> ListVersionsAsync(Actor actor, string? blueprint, CancellationToken ct);

    /// <summary>The text and drawing of a published version; the newest when none is named, null when there is none.</summary>
    Task<BlueprintVersionView?> GetVersionAsync(Actor actor, string blueprint, int? version, CancellationToken ct);

    Task<Outcome<BlueprintForm>> GetFormAsync(Actor actor, string blueprint, int? version, string cloud, IReadOnlyList<string> noOp, CancellationToken ct);

    Task<Outcome<PlanPreview>> PreviewAsync(Actor actor, NewEnvironment request, CancellationToken ct);

    Task<Outcome<ChangeAccepted>> CreateAsync(Actor actor, NewEnvironment request, CancellationToken ct);

    Task<Outcome<PlanPreview>> PreviewParametersAsync(Actor actor, Guid environmentId, JsonObject mergePatch, CancellationToken ct);

    /// <param name="expectedRevision">The revision the person looked at; a newer one is a <see cref="FaultKind.PreconditionFailed"/>.</param>
    Task<Outcome<ChangeAccepted>> ChangeParametersAsync(Actor actor, Guid environmentId, JsonObject mergePatch, string message, int? expectedRevision, CancellationToken ct);

    /// <summary>The plan of another version, other no-op flags or other adopted outputs.</summary>
    Task<Outcome<PlanPreview>> PreviewBlueprintAsync(Actor actor, Guid environmentId, BlueprintChange change, CancellationToken ct);

    /// <summary>Changes version, no-op flags or adopted outputs.</summary>
    Task<Outcome<ChangeAccepted>> ChangeBlueprintAsync(Actor actor, Guid environmentId, BlueprintChange change, int? expectedRevision, CancellationToken ct);

    /// <param name="expectedGeneration">The generation the person looked at; a newer one is a <see cref="FaultKind.PreconditionFailed"/>.</param>
    Task<Outcome<ChangeAccepted>> DeleteAsync(Actor actor, Guid environmentId, int? expectedRevision, CancellationToken ct, int? expectedGeneration = null);

    /// <param name="expectedGeneration">The generation the person looked at; a newer one is a <see cref="FaultKind.PreconditionFailed"/>.</param>
    Task<Outcome<ChangeAccepted>> StartRunAsync(Actor actor, Guid environmentId, RunKind kind, string? operation, int? expectedRevision, CancellationToken ct, int? expectedGeneration = null);

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
