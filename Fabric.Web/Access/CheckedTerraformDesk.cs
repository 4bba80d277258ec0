using Fabric.Web.Live;
using Fabric.Workflows.Clouds;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Executors.Terraform;
using Fabric.Workflows.Executors.Terraform.Drift;
using Fabric.Workflows.Executors.Terraform.State;
using Fabric.Workflows.Tenancy;

namespace Fabric.Web.Access;

/// <summary>Terraform's desk as pages have it; see <see cref="CheckedDesk"/>.</summary>
internal sealed class CheckedTerraformDesk(ITerraformDesk desk, SignedIn person) : ITerraformDesk
{
    public Task<IReadOnlyList<StepLog>> GetLogAsync(Actor actor, Guid environmentId, Guid runId, string node, Guid? after, int limit, CancellationToken ct) =>
        desk.GetLogAsync(actor, environmentId, runId, node, after, limit, ct);

    public Task<IReadOnlyList<StepLog>> GetLatestLogAsync(Actor actor, Guid environmentId, Guid runId, string node, Guid? before, int limit, CancellationToken ct) =>
        desk.GetLatestLogAsync(actor, environmentId, runId, node, before, limit, ct);

    public Task<Outcome<StateView>> GetStateAsync(Actor actor, Guid environmentId, string node, CancellationToken ct) => desk.GetStateAsync(actor, environmentId, node, ct);

    public Task<DriftView?> GetDriftAsync(Actor actor, Guid environmentId, CancellationToken ct) => desk.GetDriftAsync(actor, environmentId, ct);

    public Task<ServerHealth?> GetHealthAsync(Actor actor, CancellationToken ct) => desk.GetHealthAsync(actor, ct);

    public Task<Outcome<StateVersion>> RestoreStateAsync(Actor actor, Guid environmentId, string node, int number, string reason, CancellationToken ct) =>
        person.AsNowAsync(actor, now => desk.RestoreStateAsync(now, environmentId, node, number, reason, ct));

    public Task<Outcome<byte[]>> TakeOverAsync(Actor actor, Guid environmentId, CancellationToken ct) =>
        person.AsNowAsync(actor, now => desk.TakeOverAsync(now, environmentId, ct));

    public Task<Outcome<IReadOnlyList<CloudResource>>> FindLeftoversAsync(Actor actor, Guid runId, string node, CancellationToken ct) => desk.FindLeftoversAsync(actor, runId, node, ct);

    public Task<Outcome<IReadOnlyList<RemovalView>>> RemoveLeftoversAsync(Actor actor, Guid runId, string node, IReadOnlyList<string> ids, string why, CancellationToken ct) =>
        person.AsNowAsync(actor, now => desk.RemoveLeftoversAsync(now, runId, node, ids, why, ct));

    public Task<Outcome<ChangeAccepted>> RevertDriftAsync(Actor actor, Guid environmentId, Guid findingId, CancellationToken ct) =>
        person.AsNowAsync(actor, now => desk.RevertDriftAsync(now, environmentId, findingId, ct));

    public Task<Outcome<ChangeAccepted>> AdoptDriftAsync(Actor actor, Guid environmentId, Guid findingId, string? fingerprint, CancellationToken ct) =>
        person.AsNowAsync(actor, now => desk.AdoptDriftAsync(now, environmentId, findingId, fingerprint, ct));

    public Task<Outcome<DriftFinding>> IgnoreDriftAsync(Actor actor, Guid environmentId, Guid findingId, string? fingerprint, DateTimeOffset until, string reason, CancellationToken ct) =>
        person.AsNowAsync(actor, now => desk.IgnoreDriftAsync(now, environmentId, findingId, fingerprint, until, reason, ct));

    public Task<Outcome<DriftMute>> MuteDriftAsync(Actor actor, Guid environmentId, Guid findingId, string path, string reason, CancellationToken ct) =>
        person.AsNowAsync(actor, now => desk.MuteDriftAsync(now, environmentId, findingId, path, reason, ct));

    public Task<Outcome<DriftMute>> UnmuteDriftAsync(Actor actor, Guid environmentId, Guid muteId, CancellationToken ct) =>
        person.AsNowAsync(actor, now => desk.UnmuteDriftAsync(now, environmentId, muteId, ct));
}
