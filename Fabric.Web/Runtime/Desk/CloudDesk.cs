using Fabric.Web.Live;
using Fabric.Web.PublicApi.Repeats;
using Fabric.Workflows.Clouds;
using Fabric.Workflows.Clouds.Accounts;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Tenancy;

namespace Fabric.Web.Runtime.Desk;

/// <summary>The cloud desk of a running server.</summary>
internal sealed class CloudDesk(CloudCatalog clouds, AccountReads reads, AccountBook book, AccountPreflight preflight, KeptAnswers kept) : ICloudDesk
{
    public IReadOnlyList<CloudOffer> Clouds { get; } = [.. clouds.All.Select(cloud => new CloudOffer(cloud.Name, cloud.Words, cloud.SignIns))];

    public async Task<AccountsView> ListAsync(Actor actor, CancellationToken ct)
    {
        var (accounts, unreachable) = await reads.ListAsync(actor, ct);
        return new AccountsView(accounts, unreachable);
    }

    public Task<AccountLine?> GetAsync(Actor actor, Guid id, CancellationToken ct) => reads.GetAsync(actor, id, ct);

    public async Task<Outcome<CloudSetup>> SetupAsync(Actor actor, Guid id, string? kind, CancellationToken ct)
    {
        if (await reads.GetAsync(actor, id, ct) is not { } line)
            return AccountReads.NotFound(id);
        var cloud = clouds.Find(line.Row.Cloud)!;
        var wanted = kind ?? line.Row.SignInField(SignInKind.Field);
        return cloud.SignIns.FirstOrDefault(one => one.Name == wanted) is { } way
            ? cloud.Setup(line.Row, way)
            : new OperationFault(FaultKind.Invalid, "Invalid", $"'{wanted}' is no way to sign in to {cloud.Words.Title}: choose one of {string.Join(", ", cloud.SignIns.Select(one => one.Name))}.", "kind");
    }

    public Task<Outcome<AccountLine>> CreateAsync(Actor actor, NewAccount wish, CancellationToken ct) =>
        book.CreateAsync(actor, wish, ct, made => kept.Rows(actor, Answers.Connected(made)));

    public Task<Outcome<AccountLine>> ChangeAsync(Actor actor, Guid id, AccountChange change, CancellationToken ct) =>
        book.ChangeAsync(actor, id, change, ct, changed => kept.Rows(actor, Answers.Account(changed)));

    public Task<Outcome<AccountLine>> PreflightAsync(Actor actor, Guid id, CancellationToken ct) =>
        preflight.RunAsync(actor, id, ct, found => kept.Rows(actor, Answers.Account(found)));

    public Task<Outcome<bool>> DeleteAsync(Actor actor, Guid id, CancellationToken ct) => book.DeleteAsync(actor, id, ct, () => kept.Rows(actor, Answers.Nothing));
}
