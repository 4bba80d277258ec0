using Fabric.Workflows.Clouds;
using Fabric.Workflows.Clouds.Accounts;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Tenancy;

namespace Fabric.Web.Live;

/// <summary>Accounts of all reachable cells, by tenant and name, and the cells that did not answer.</summary>
public sealed record AccountsView(IReadOnlyList<AccountLine> Accounts, IReadOnlyList<UnreachableCell> Unreachable);

/// <summary>A cloud as the pages offer it.</summary>
/// <param name="Name">aws, azure or google.</param>
/// <param name="Words">Its own words.</param>
/// <param name="SignIns">The ways of signing in, the best first.</param>
public sealed record CloudOffer(string Name, CloudWords Words, IReadOnlyList<SignInKind> SignIns);

/// <summary>
/// What pages and the API ask about cloud accounts, beside <see cref="IDesk"/>. Nothing it answers holds a credential. A seam: pages are
/// tested with a fed one.
/// </summary>
public interface ICloudDesk
{
    /// <summary>The clouds that accounts can be connected of.</summary>
    IReadOnlyList<CloudOffer> Clouds { get; }

    Task<AccountsView> ListAsync(Actor actor, CancellationToken ct);

    /// <summary>One account; null when the actor sees none of that id.</summary>
    Task<AccountLine?> GetAsync(Actor actor, Guid id, CancellationToken ct);

    /// <summary>What the customer makes in the account.</summary>
    /// <param name="kind">The way of signing in; null for the account's own.</param>
    Task<Outcome<CloudSetup>> SetupAsync(Actor actor, Guid id, string? kind, CancellationToken ct);

    Task<Outcome<AccountLine>> CreateAsync(Actor actor, NewAccount wish, CancellationToken ct);

    Task<Outcome<AccountLine>> ChangeAsync(Actor actor, Guid id, AccountChange change, CancellationToken ct);

    /// <summary>Looks whether environments can be made; takes as long as the cloud does.</summary>
    Task<Outcome<AccountLine>> PreflightAsync(Actor actor, Guid id, CancellationToken ct);

    Task<Outcome<bool>> DeleteAsync(Actor actor, Guid id, CancellationToken ct);
}
