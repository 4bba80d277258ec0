using System.Text.Json.Nodes;
using Fabric.Web.Live;
using Fabric.Workflows.Configuration;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Runs;
using Fabric.Workflows.Tenancy;

namespace Fabric.Tests.Support;

/// <summary>A test double of the desk: it answers what a test put into it, and remembers what pages asked for.</summary>
public sealed class SampleDesk : IDesk
{
    private readonly List<(Guid? Environment, Action<Guid?> Changed)> watchers = [];

    public FleetView Fleet { get; set; } = new([], []);

    public Dictionary<Guid, EnvironmentView> Environments { get; } = [];

    public Dictionary<Guid, RunView> Runs { get; } = [];

    public List<RunEvent> Events { get; } = [];

    public List<Revision> Revisions { get; } = [];

    public List<AgentView> Agents { get; } = [];

    public List<BlueprintLine> Blueprints { get; } = [];

    /// <summary>Published versions, newest first.</summary>
    public List<BlueprintVersionView> Versions { get; } = [];

    public List<TenantLine> Tenants { get; } = [];

    /// <summary>Runs of all environments, newest first.</summary>
    public List<RunLine> RunLines { get; } = [];

    /// <summary>What the list of runs was asked for last.</summary>
    public RunFilter? Asked { get; private set; }

    public BlueprintChange? Changed { get; private set; }

    public Outcome<BlueprintForm> Form { get; set; } = NotFed;

    public Outcome<PlanPreview> Preview { get; set; } = NotFed;

    public Outcome<ChangeAccepted> Change { get; set; } = NotFed;

    public Outcome<EnrollmentView> Enrollment { get; set; } = NotFed;

    /// <summary>When set, every read fails with it.</summary>
    public Exception? Broken { get; set; }

    /// <summary>When set, reads wait for it.</summary>
    public Task? Held { get; set; }

    /// <summary>What pages asked to be done, in order: <c>approve 7f…</c>, <c>retry network</c> …</summary>
    public List<string> Deeds { get; } = [];

    /// <summary>Runs that were acted on: which, how, and by which plan.</summary>
    public List<(Guid Run, string Action, string? PlanHash)> Acted { get; } = [];

    /// <summary>Who deleted last.</summary>
    public Actor? By { get; private set; }

    /// <summary>What the last run was started from.</summary>
    public (int? Revision, int? Generation) StartedAt { get; private set; }

    public NewEnvironment? Requested { get; private set; }

    public (JsonObject Patch, string Message, int? Revision)? Saved { get; private set; }

    public int Watchers => watchers.Count;

    private static OperationFault NotFed => new(FaultKind.Unavailable, "NotFed", "The test put nothing here.");

    /// <summary>Says that something changed.</summary>
    public void Notify(Guid? environmentId = null)
    {
        foreach (var watcher in watchers.ToList())
        {
            if (watcher.Environment is null || environmentId is null || watcher.Environment == environmentId)
                watcher.Changed(environmentId);
        }
    }

    public Task<FleetView> ListEnvironmentsAsync(Actor actor, CancellationToken ct) => Read(Fleet);

    public Task<EnvironmentView?> GetEnvironmentAsync(Actor actor, Guid id, CancellationToken ct) => Read(Environments.GetValueOrDefault(id));

    public Task<Guid?> FindEnvironmentAsync(Actor actor, string tenant, string name, CancellationToken ct) =>
        Read(Environments.Values.FirstOrDefault(view => view.Environment.Tenant == tenant && view.Environment.Name == name)?.Environment.Id);

    public Task<RunView?> GetRunAsync(Actor actor, Guid runId, CancellationToken ct) => Read(Runs.GetValueOrDefault(runId));

    public Task<IReadOnlyList<RunEvent>> GetEventsAsync(Actor actor, Guid environmentId, Guid? runId, long after, int limit, CancellationToken ct) =>
        Read<IReadOnlyList<RunEvent>>([.. Events.Where(line => line.EnvironmentId == environmentId && line.Sequence > after && (runId is null || line.RunId == runId)).Take(limit)]);

    public Task<IReadOnlyList<RunEvent>> GetLatestEventsAsync(Actor actor, Guid environmentId, Guid? runId, long? before, int limit, CancellationToken ct) =>
        Read<IReadOnlyList<RunEvent>>([.. Events.Where(line => line.EnvironmentId == environmentId && (before is null || line.Sequence < before) && (runId is null || line.RunId == runId)).TakeLast(limit)]);

    public Task<RunsView> ListRunsAsync(Actor actor, RunFilter filter, int limit, CancellationToken ct)
    {
        Asked = filter;
        return Read(new RunsView([.. RunLines.Take(limit)], RunLines.Count > limit, Fleet.Unreachable));
    }

    public Task<IReadOnlyList<Revision>> GetRevisionsAsync(Actor actor, Guid environmentId, CancellationToken ct) => Read<IReadOnlyList<Revision>>([.. Revisions]);

    public Task<IReadOnlyList<TenantLine>> ListTenantsAsync(Actor actor, CancellationToken ct) => Read<IReadOnlyList<TenantLine>>([.. Tenants]);

    public Task<AgentsView> ListAgentsAsync(Actor actor, CancellationToken ct) => Read(new AgentsView([.. Agents], Fleet.Unreachable));

    public Task<IReadOnlyList<BlueprintLine>> ListBlueprintsAsync(Actor actor, CancellationToken ct) => Read<IReadOnlyList<BlueprintLine>>([.. Blueprints]);

    public Task<IReadOnlyList<BlueprintVersionLine>> ListVersionsAsync(Actor actor, string? blueprint, CancellationToken ct) =>
        Read<IReadOnlyList<BlueprintVersionLine>>([.. Versions.Select(view => view.Line).Where(line => blueprint is null || line.Name == blueprint)]);

    public Task<BlueprintVersionView?> GetVersionAsync(Actor actor, string blueprint, int? version, CancellationToken ct) =>
        Read(Versions.FirstOrDefault(view => view.Line.Name == blueprint && (version is null || view.Line.Version == version)));

    public Task<Outcome<BlueprintForm>> GetFormAsync(Actor actor, string blueprint, int? version, string cloud, IReadOnlyList<string> noOp, CancellationToken ct) =>
        Do($"form {blueprint} {cloud} {string.Join(',', noOp)}".TrimEnd(), Form);

    public Task<Outcome<PlanPreview>> PreviewAsync(Actor actor, NewEnvironment request, CancellationToken ct)
    {
        Requested = request;
        return Do($"preview {request.Name}", Preview);
    }

    public Task<Outcome<ChangeAccepted>> CreateAsync(Actor actor, NewEnvironment request, CancellationToken ct)
    {
        Requested = request;
        return Do($"create {request.Name}", Change);
    }

    public Task<Outcome<PlanPreview>> PreviewParametersAsync(Actor actor, Guid environmentId, JsonObject mergePatch, CancellationToken ct) =>
        Do($"preview {mergePatch.ToJsonString()}", Preview);

    public Task<Outcome<ChangeAccepted>> ChangeParametersAsync(Actor actor, Guid environmentId, JsonObject mergePatch, string message, int? expectedRevision, CancellationToken ct)
    {
        Saved = (mergePatch, message, expectedRevision);
        return Do("save", Change);
    }

    public Task<Outcome<PlanPreview>> PreviewBlueprintAsync(Actor actor, Guid environmentId, BlueprintChange change, CancellationToken ct)
    {
        Changed = change;
        return Do("preview blueprint", Preview);
    }

    public Task<Outcome<ChangeAccepted>> ChangeBlueprintAsync(Actor actor, Guid environmentId, BlueprintChange change, int? expectedRevision, CancellationToken ct)
    {
        Changed = change;
        return Do("change blueprint", Change);
    }

    public Task<Outcome<ChangeAccepted>> DeleteAsync(Actor actor, Guid environmentId, int? expectedRevision, CancellationToken ct, int? expectedGeneration = null)
    {
        By = actor;
        return Do($"delete at revision {expectedRevision}", Change);
    }

    public Task<Outcome<ChangeAccepted>> StartRunAsync(Actor actor, Guid environmentId, RunKind kind, string? operation, int? expectedRevision, CancellationToken ct, int? expectedGeneration = null)
    {
        StartedAt = (expectedRevision, expectedGeneration);
        return Do($"start {kind} {operation}".TrimEnd(), Change);
    }

    public Task<Outcome<Run>> ActOnRunAsync(Actor actor, Guid runId, string action, string? planHash, string? message, CancellationToken ct)
    {
        Acted.Add((runId, action, planHash));
        return Do($"{action} run {planHash} {message}".TrimEnd(), Runs.TryGetValue(runId, out var view) ? view.Run : (Outcome<Run>)NotFed);
    }

    public Task<Outcome<Step>> ActOnStepAsync(Actor actor, Guid runId, string node, string action, string? message, CancellationToken ct)
    {
        Acted.Add((runId, action, null));
        return Do($"{action} {node} {message}".TrimEnd(), Runs.TryGetValue(runId, out var view) ? view.Steps.First(step => step.Node == node) : (Outcome<Step>)NotFed);
    }

    public Task<Outcome<EnrollmentView>> EnrollAsync(Actor actor, Guid environmentId, CancellationToken ct) => Do("enroll", Enrollment);

    public Task<Outcome<bool>> RevokeAgentAsync(Actor actor, Guid agentId, CancellationToken ct) => Do<bool>($"revoke {agentId}", true);

    public IDisposable Watch(Actor actor, Guid? environmentId, Action<Guid?> changed)
    {
        var watcher = (environmentId, changed);
        watchers.Add(watcher);
        return new Subscription(() => watchers.Remove(watcher));
    }

    private async Task<T> Read<T>(T answer)
    {
        if (Held is not null)
            await Held;
        return Broken is null ? answer : throw Broken;
    }

    private Task<Outcome<T>> Do<T>(string deed, Outcome<T> outcome)
    {
        Deeds.Add(deed);
        return Task.FromResult(outcome);
    }

    private sealed class Subscription(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
