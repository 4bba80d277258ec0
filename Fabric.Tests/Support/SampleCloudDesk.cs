using Fabric.Web.Live;
using Fabric.Workflows.Clouds;
using Fabric.Workflows.Clouds.Accounts;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Tenancy;

namespace Fabric.Tests.Support;

/// <summary>A test double of the cloud desk: it answers what a test put into it, and remembers what pages asked for.</summary>
public sealed class SampleCloudDesk : ICloudDesk
{
    private static readonly OperationFault NotFed = new(FaultKind.Unavailable, "NotFed", "The test put nothing here.");

    public IReadOnlyList<CloudOffer> Clouds { get; set; } = [];

    public List<AccountLine> Accounts { get; } = [];

    public Outcome<CloudSetup> Setup { get; set; } = NotFed;

    public Outcome<AccountLine> Change { get; set; } = NotFed;

    public Outcome<AccountLine> Preflight { get; set; } = NotFed;

    public Outcome<bool> Deletion { get; set; } = true;

    /// <summary>What pages asked to be done, in order.</summary>
    public List<object> Deeds { get; } = [];

    public Task<AccountsView> ListAsync(Actor actor, CancellationToken ct) => Task.FromResult(new AccountsView([.. Accounts], []));

    public Task<AccountLine?> GetAsync(Actor actor, Guid id, CancellationToken ct) => Task.FromResult(Accounts.SingleOrDefault(line => line.Row.Id == id));

    public Task<Outcome<CloudSetup>> SetupAsync(Actor actor, Guid id, string? kind, CancellationToken ct) => Task.FromResult(Setup);

    public Task<Outcome<AccountLine>> CreateAsync(Actor actor, NewAccount wish, CancellationToken ct) => Do(wish, Change);

    public Task<Outcome<AccountLine>> ChangeAsync(Actor actor, Guid id, AccountChange change, CancellationToken ct) => Do(change, Change);

    public Task<Outcome<AccountLine>> PreflightAsync(Actor actor, Guid id, CancellationToken ct) => Do($"preflight {id}", Preflight);

    public Task<Outcome<bool>> DeleteAsync(Actor actor, Guid id, CancellationToken ct) => Do($"delete {id}", Deletion);

    private Task<Outcome<T>> Do<T>(object deed, Outcome<T> outcome)
    {
        Deeds.Add(deed);
        return Task.FromResult(outcome);
    }
}
