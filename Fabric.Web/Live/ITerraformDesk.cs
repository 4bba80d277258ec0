using Fabric.Workflows.Clouds;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Executors.Terraform;
using Fabric.Workflows.Executors.Terraform.Drift;
using Fabric.Workflows.Executors.Terraform.State;
using Fabric.Workflows.Tenancy;

namespace Fabric.Web.Live;

/// <summary>
/// What pages and the API ask of Terraform's work, beside <see cref="IDesk"/>: what it printed, the states it keeps, what was changed
/// behind its back, and how the program itself is. A seam: pages are tested with a fed one.
/// </summary>
public interface ITerraformDesk
{
    /// <summary>What was printed for a step of a run after a cursor, oldest first.</summary>
    /// <param name="after">The chunk that is there already; null for the beginning.</param>
    Task<IReadOnlyList<StepLog>> GetLogAsync(Actor actor, Guid environmentId, Guid runId, string node, Guid? after, int limit, CancellationToken ct);

    /// <summary>The newest that was printed for a step before a cursor, oldest first.</summary>
    /// <param name="before">The first chunk that is there already; null for the end of the log.</param>
    Task<IReadOnlyList<StepLog>> GetLatestLogAsync(Actor actor, Guid environmentId, Guid runId, string node, Guid? before, int limit, CancellationToken ct);

    /// <summary>The versions of an entity's state, who holds its lock and who works on it; never a text. The vendor's alone.</summary>
    Task<Outcome<StateView>> GetStateAsync(Actor actor, Guid environmentId, string node, CancellationToken ct);

    /// <summary>Puts an earlier version in force again, as a new one with a higher serial. Nothing of the cloud is changed by it.</summary>
    Task<Outcome<StateVersion>> RestoreStateAsync(Actor actor, Guid environmentId, string node, int number, string reason, CancellationToken ct);

    /// <summary>A ZIP archive with module, values and state of each entity that was handed over or abandoned. Written down as a look at secrets.</summary>
    Task<Outcome<byte[]>> TakeOverAsync(Actor actor, Guid environmentId, CancellationToken ct);

    /// <summary>What is left in the network that a failed step would destroy, looked up in the account now, in the order in which it can be removed.</summary>
    Task<Outcome<IReadOnlyList<CloudResource>>> FindLeftoversAsync(Actor actor, Guid runId, string node, CancellationToken ct);

    /// <summary>Removes some of it from the account.</summary>
    /// <param name="ids">Ids of what was found; nothing else is touched.</param>
    Task<Outcome<IReadOnlyList<RemovalView>>> RemoveLeftoversAsync(Actor actor, Guid runId, string node, IReadOnlyList<string> ids, string why, CancellationToken ct);

    /// <summary>What stands otherwise than it was deployed; null when there is no such environment.</summary>
    Task<DriftView?> GetDriftAsync(Actor actor, Guid environmentId, CancellationToken ct);

    /// <summary>Starts a run that brings back what was deployed.</summary>
    Task<Outcome<ChangeAccepted>> RevertDriftAsync(Actor actor, Guid environmentId, Guid findingId, CancellationToken ct);

    /// <summary>Takes what stands into the environment's configuration, and starts the run that converges to it.</summary>
    /// <param name="fingerprint">What the actor saw; refused when it differs otherwise by now. Null for whatever it is.</param>
    Task<Outcome<ChangeAccepted>> AdoptDriftAsync(Actor actor, Guid environmentId, Guid findingId, string? fingerprint, CancellationToken ct);

    /// <summary>Leaves a finding as it is until a date.</summary>
    /// <param name="fingerprint">What the actor saw; refused when it differs otherwise by now. Null for whatever it is.</param>
    Task<Outcome<DriftFinding>> IgnoreDriftAsync(Actor actor, Guid environmentId, Guid findingId, string? fingerprint, DateTimeOffset until, string reason, CancellationToken ct);

    /// <summary>Lets an attribute of a type differ without a finding, in one environment.</summary>
    Task<Outcome<DriftMute>> MuteDriftAsync(Actor actor, Guid environmentId, Guid findingId, string path, string reason, CancellationToken ct);

    /// <summary>Takes a mute back: from the next look on a difference of the attribute is a finding again.</summary>
    Task<Outcome<DriftMute>> UnmuteDriftAsync(Actor actor, Guid environmentId, Guid muteId, CancellationToken ct);

    /// <summary>Whether this server can work; null for anybody but the vendor.</summary>
    Task<ServerHealth?> GetHealthAsync(Actor actor, CancellationToken ct);
}
