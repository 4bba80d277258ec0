using Fabric.Web.Live;
using Fabric.Workflows.Clouds;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Executors.Terraform;
using Fabric.Workflows.Executors.Terraform.Drift;
using Fabric.Workflows.Executors.Terraform.State;
using Fabric.Workflows.Tenancy;

namespace Fabric.Web.Runtime.Desk;

/// <summary>Terraform's desk of a running server.</summary>
internal sealed class TerraformDesk(StepLogReads logs, StateDesk states, DriftReads drift, DriftDecisions decisions, HealthReads health, HandOverDesk handOver, LeftoverDesk leftovers) : ITerraformDesk
{
    public Task<IReadOnlyList<StepLog>> GetLogAsync(Actor actor, Guid environmentId, Guid runId, string node, Guid? after, int limit, CancellationToken ct) =>
        logs.AfterAsync(actor, environmentId, runId, node, after, limit, ct);

    public Task<IReadOnlyList<StepLog>> GetLatestLogAsync(Actor actor, Guid environmentId, Guid runId, string node, Guid? before, int limit, CancellationToken ct) =>
        logs.LatestAsync(actor, environmentId, runId, node, before, limit, ct);

    public Task<Outcome<StateView>> GetStateAsync(Actor actor, Guid environmentId, string node, CancellationToken ct) => states.GetAsync(actor, environmentId, node, ct);

    public Task<Outcome<StateVersion>> RestoreStateAsync(Actor actor, Guid environmentId, string node, int number, string reason, CancellationToken ct) =>
        states.RestoreAsync(actor, environmentId, node, number, reason, ct);

    public Task<Outcome<byte[]>> TakeOverAsync(Actor actor, Guid environmentId, CancellationToken ct) => handOver.GetAsync(actor, environmentId, ct);

    public Task<Outcome<IReadOnlyList<CloudResource>>> FindLeftoversAsync(Actor actor, Guid runId, string node, CancellationToken ct) => leftovers.FindAsync(actor, runId, node, ct);

    public Task<Outcome<IReadOnlyList<RemovalView>>> RemoveLeftoversAsync(Actor actor, Guid runId, string node, IReadOnlyList<string> ids, string why, CancellationToken ct) =>
        leftovers.RemoveAsync(actor, runId, node, ids, why, ct);

    public Task<DriftView?> GetDriftAsync(Actor actor, Guid environmentId, CancellationToken ct) => drift.GetAsync(actor, environmentId, ct);

    public Task<Outcome<ChangeAccepted>> RevertDriftAsync(Actor actor, Guid environmentId, Guid findingId, CancellationToken ct) => decisions.RevertAsync(actor, environmentId, findingId, ct);

    public Task<Outcome<ChangeAccepted>> AdoptDriftAsync(Actor actor, Guid environmentId, Guid findingId, string? fingerprint, CancellationToken ct) => decisions.AdoptAsync(actor, environmentId, findingId, fingerprint, ct);

    public Task<Outcome<DriftFinding>> IgnoreDriftAsync(Actor actor, Guid environmentId, Guid findingId, string? fingerprint, DateTimeOffset until, string reason, CancellationToken ct) =>
        decisions.IgnoreAsync(actor, environmentId, findingId, fingerprint, until, reason, ct);

    public Task<Outcome<DriftMute>> MuteDriftAsync(Actor actor, Guid environmentId, Guid findingId, string path, string reason, CancellationToken ct) =>
        decisions.MuteAsync(actor, environmentId, findingId, path, reason, ct);

    public Task<Outcome<DriftMute>> UnmuteDriftAsync(Actor actor, Guid environmentId, Guid muteId, CancellationToken ct) => decisions.UnmuteAsync(actor, environmentId, muteId, ct);

    public Task<ServerHealth?> GetHealthAsync(Actor actor, CancellationToken ct) => health.GetAsync(actor, ct);
}
