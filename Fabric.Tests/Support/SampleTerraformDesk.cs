using Fabric.Web.Live;
using Fabric.Workflows.Clouds;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Executors.Terraform;
using Fabric.Workflows.Executors.Terraform.Drift;
using Fabric.Workflows.Executors.Terraform.State;
using Fabric.Workflows.Tenancy;

namespace Fabric.Tests.Support;

/// <summary>A test double of Terraform's desk: it answers what a test put into it, and remembers what pages asked for.</summary>
public sealed class SampleTerraformDesk : ITerraformDesk
{
    public List<StepLog> Logs { get; } = [];

    public Dictionary<string, StateView> States { get; } = [];

    public DriftView? Drift { get; set; } = new([], [], null, null);

    public ServerHealth? Health { get; set; }

    public Outcome<ChangeAccepted> Change { get; set; } = NotFed;

    /// <summary>What stands in the way of restoring; null for nothing.</summary>
    public OperationFault? Refusal { get; set; }

    /// <summary>When set, every read fails with it.</summary>
    public Exception? Broken { get; set; }

    /// <summary>What pages asked to be done, in order.</summary>
    public List<string> Deeds { get; } = [];

    private static OperationFault NotFed => new(FaultKind.Unavailable, "NotFed", "The test put nothing here.");

    public Task<IReadOnlyList<StepLog>> GetLogAsync(Actor actor, Guid environmentId, Guid runId, string node, Guid? after, int limit, CancellationToken ct) =>
        Read<IReadOnlyList<StepLog>>([.. Of(runId, node).Where(chunk => after is null || chunk.Id > after).Take(limit)]);

    public Task<IReadOnlyList<StepLog>> GetLatestLogAsync(Actor actor, Guid environmentId, Guid runId, string node, Guid? before, int limit, CancellationToken ct) =>
        Read<IReadOnlyList<StepLog>>([.. Of(runId, node).Where(chunk => before is null || chunk.Id < before).TakeLast(limit)]);

    public List<CloudResource> Leftovers { get; } = [];

    public Task<Outcome<IReadOnlyList<CloudResource>>> FindLeftoversAsync(Actor actor, Guid runId, string node, CancellationToken ct) => Read<Outcome<IReadOnlyList<CloudResource>>>(Leftovers.ToArray());

    public Task<Outcome<IReadOnlyList<RemovalView>>> RemoveLeftoversAsync(Actor actor, Guid runId, string node, IReadOnlyList<string> ids, string why, CancellationToken ct)
    {
        Deeds.Add($"remove {string.Join(' ', ids)}");
        RemovalView[] removals = [.. Leftovers.Where(one => ids.Contains(one.Id)).Select(one => new RemovalView(one, true, "Its removal has begun."))];
        Leftovers.RemoveAll(one => ids.Contains(one.Id));
        return Task.FromResult<Outcome<IReadOnlyList<RemovalView>>>(removals);
    }

    public Task<Outcome<byte[]>> TakeOverAsync(Actor actor, Guid environmentId, CancellationToken ct) => Task.FromResult<Outcome<byte[]>>(NotFed);

    public Task<Outcome<StateView>> GetStateAsync(Actor actor, Guid environmentId, string node, CancellationToken ct) =>
        Read(States.TryGetValue(node, out var view) ? view : (Outcome<StateView>)NotFed);

    public Task<DriftView?> GetDriftAsync(Actor actor, Guid environmentId, CancellationToken ct) => Read(Drift);

    public Task<ServerHealth?> GetHealthAsync(Actor actor, CancellationToken ct) => Read(Health);

    public Task<Outcome<StateVersion>> RestoreStateAsync(Actor actor, Guid environmentId, string node, int number, string reason, CancellationToken ct) =>
        Do($"restore {node} {number}: {reason}", Refusal is { } fault ? fault : (Outcome<StateVersion>)States[node].Versions.First(version => version.Number == number));

    public Task<Outcome<ChangeAccepted>> RevertDriftAsync(Actor actor, Guid environmentId, Guid findingId, CancellationToken ct) => Do($"revert {AddressOf(findingId)}", Change);

    public Task<Outcome<ChangeAccepted>> AdoptDriftAsync(Actor actor, Guid environmentId, Guid findingId, string? fingerprint, CancellationToken ct) => Do($"adopt {Seen(findingId, fingerprint)}", Change);

    public Task<Outcome<DriftFinding>> IgnoreDriftAsync(Actor actor, Guid environmentId, Guid findingId, string? fingerprint, DateTimeOffset until, string reason, CancellationToken ct) =>
        Do<DriftFinding>($"ignore {Seen(findingId, fingerprint)} until {until:yyyy-MM-dd}: {reason}", NotFed);

    public Task<Outcome<DriftMute>> MuteDriftAsync(Actor actor, Guid environmentId, Guid findingId, string path, string reason, CancellationToken ct) =>
        Do<DriftMute>($"mute {path} of {AddressOf(findingId)}: {reason}", NotFed);

    public Task<Outcome<DriftMute>> UnmuteDriftAsync(Actor actor, Guid environmentId, Guid muteId, CancellationToken ct)
    {
        var mute = Drift!.Mutes.Single(one => one.Id == muteId);
        Drift = Drift with { Mutes = [.. Drift.Mutes.Where(one => one != mute)] };
        return Do<DriftMute>($"unmute {mute.Path} of {mute.Type}", mute);
    }

    private IEnumerable<StepLog> Of(Guid run, string node) => Logs.Where(chunk => chunk.RunId == run && chunk.Node == node).OrderBy(chunk => chunk.Id);

    private string? AddressOf(Guid finding) => Drift?.Findings.FirstOrDefault(line => line.Finding.Id == finding)?.Finding.Address;

    /// <summary>A page decides on what it shows.</summary>
    private string? Seen(Guid finding, string? fingerprint) =>
        Drift?.Findings.FirstOrDefault(line => line.Finding.Id == finding)?.Finding.Fingerprint() == fingerprint ? AddressOf(finding) : "what was not seen";

    private Task<T> Read<T>(T answer) => Broken is null ? Task.FromResult(answer) : Task.FromException<T>(Broken);

    private Task<Outcome<T>> Do<T>(string deed, Outcome<T> outcome)
    {
        Deeds.Add(deed);
        return Task.FromResult(outcome);
    }
}
