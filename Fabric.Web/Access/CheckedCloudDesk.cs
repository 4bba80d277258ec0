using Fabric.Web.Live;
using Fabric.Workflows.Clouds;
using Fabric.Workflows.Clouds.Accounts;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Tenancy;

namespace Fabric.Web.Access;

/// <summary>The cloud desk as pages have it; see <see cref="CheckedDesk"/>.</summary>
internal sealed class CheckedCloudDesk(ICloudDesk desk, SignedIn person) : ICloudDesk
{
    public IReadOnlyList<CloudOffer> Clouds => desk.Clouds;

    public Task<AccountsView> ListAsync(Actor actor, CancellationToken ct) => desk.ListAsync(actor, ct);

    public Task<AccountLine?> GetAsync(Actor actor, Guid id, CancellationToken ct) => desk.GetAsync(actor, id, ct);

    public Task<Outcome<CloudSetup>> SetupAsync(Actor actor, Guid id, string? kind, CancellationToken ct) => desk.SetupAsync(actor, id, kind, ct);

    public Task<Outcome<AccountLine>> CreateAsync(Actor actor, NewAccount wish, CancellationToken ct) => person.AsNowAsync(actor, now => desk.CreateAsync(now, wish, ct));

    public Task<Outcome<AccountLine>> ChangeAsync(Actor actor, Guid id, AccountChange change, CancellationToken ct) => person.AsNowAsync(actor, now => desk.ChangeAsync(now, id, change, ct));

    public Task<Outcome<AccountLine>> PreflightAsync(Actor actor, Guid id, CancellationToken ct) => person.AsNowAsync(actor, now => desk.PreflightAsync(now, id, ct));

    public Task<Outcome<bool>> DeleteAsync(Actor actor, Guid id, CancellationToken ct) => person.AsNowAsync(actor, now => desk.DeleteAsync(now, id, ct));
}
