using Fabric.Tests.Storage;
using Fabric.Workflows.Clouds;
using Fabric.Workflows.Clouds.Accounts;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Secrets;
using Fabric.Workflows.Tenancy;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fabric.Tests.Clouds;

/// <summary>Accounts that are changed while somebody looks at them.</summary>
public sealed class AccountsAtTheSameTime : IAsyncLifetime
{
    private static readonly Actor Owner = new("olivia", "Olivia", ActorKind.Person, "sample", Role.Owner);
    private static readonly Actor Stranger = new("mallory", "Mallory", ActorKind.Person, "other", Role.Owner);
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fabric-accounts");
    private readonly FakeCloud cloud = new("aws");
    private FabricStorage storage = null!;
    private AccountBook book = null!;
    private AccountReads reads = null!;
    private AccountPreflight preflight = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        storage = await FabricStorage.OpenAsync(new StorageOptions { Data = folder.FullName }, new MasterKeys(new MasterKey(new byte[32])), TimeProvider.System, NullLoggerFactory.Instance, Stop);
        await storage.Directory.WriteAsync(
            db =>
            {
                db.AddRange(new TenantRecord { Slug = "sample", Title = "Sample", CreatedAt = Rows.Now }, new TenantRecord { Slug = "other", Title = "Other", CreatedAt = Rows.Now });
                return Task.CompletedTask;
            },
            [],
            Stop);
        var clouds = new CloudCatalog([cloud]);
        reads = new AccountReads(storage, TimeProvider.System);
        book = new AccountBook(storage, clouds, reads, new AccountGate(), TimeProvider.System);
        preflight = new AccountPreflight(book, reads, clouds, TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        await storage.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task What_was_found_with_another_sign_in_is_not_kept()
    {
        var id = await ConnectAsync();
        var release = new TaskCompletionSource();
        cloud.Held = release.Task;
        var looking = preflight.RunAsync(Owner, id, Stop);
        await cloud.Asked.Task;
        var changed = await book.ChangeAsync(Owner, id, new AccountChange(new SignInWish("key", new Dictionary<string, string> { ["who"] = "you" }, "word")), Stop);
        Assert.True(changed.Succeeded);
        release.SetResult();
        Assert.Equal("AccountChanged", (await looking).Faults[0].Code);
        Assert.Equal((CloudAccountState.Unchecked, true), ((await reads.GetAsync(Owner, id, Stop))!.Row.State, changed.Value.HasSecret));
    }

    [Fact]
    public async Task An_account_that_is_deleted_while_it_is_checked_stays_deleted()
    {
        var id = await ConnectAsync();
        var release = new TaskCompletionSource();
        cloud.Held = release.Task;
        var looking = preflight.RunAsync(Owner, id, Stop);
        await cloud.Asked.Task;
        Assert.True((await book.DeleteAsync(Owner, id, Stop)).Succeeded);
        release.SetResult();
        Assert.Equal(FaultKind.NotFound, (await looking).Faults[0].Kind);
        Assert.Null(await reads.GetAsync(Owner, id, Stop));
    }

    [Fact]
    public async Task What_failed_is_mended_and_connected()
    {
        var id = await ConnectAsync();
        cloud.Fault = new OperationFault(FaultKind.WrongState, CloudFaults.SignInRefused, "No.");
        Assert.Equal(CloudAccountState.Failed, (await preflight.RunAsync(Owner, id, Stop)).Value.Row.State);
        cloud.Fault = null;
        Assert.Equal(CloudAccountState.Connected, (await preflight.RunAsync(Owner, id, Stop)).Value.Row.State);
    }

    [Fact]
    public async Task An_account_is_deleted_once_everything_in_it_is_destroyed()
    {
        var id = await ConnectAsync();
        var environment = Rows.Environment(tenant: "sample") with { AccountId = id };
        var journal = storage.Cells.Get("local").Journal;
        await journal.CommitAsync(new JournalBatch().Add(environment), Stop);
        Assert.Equal("AccountInUse", (await book.DeleteAsync(Owner, id, Stop)).Faults[0].Code);
        await journal.CommitAsync(new JournalBatch().Change(environment, environment with { State = EnvironmentState.Destroyed }), Stop);
        Assert.True((await book.DeleteAsync(Owner, id, Stop)).Succeeded);
    }

    [Fact]
    public async Task Another_tenant_finds_nothing_and_takes_the_same_name()
    {
        var id = await ConnectAsync();
        Assert.Null(await reads.GetAsync(Stranger, id, Stop));
        Assert.Equal(FaultKind.NotFound, (await preflight.RunAsync(Stranger, id, Stop)).Faults[0].Kind);
        Assert.Equal(FaultKind.NotFound, (await book.DeleteAsync(Stranger, id, Stop)).Faults[0].Kind);
        Assert.Equal("UnknownTenant", (await book.CreateAsync(Stranger, Wish("sample"), Stop)).Faults[0].Code);
        Assert.True((await book.CreateAsync(Stranger, Wish("other"), Stop)).Succeeded);
        Assert.Equal("other", Assert.Single((await reads.ListAsync(Stranger, Stop)).Accounts).Row.Tenant);
    }

    private static NewAccount Wish(string tenant) => new(tenant, "prod", "aws", "one", [], SignIn: new SignInWish("trust", new Dictionary<string, string> { ["who"] = "me" }));

    private async Task<Guid> ConnectAsync() => (await book.CreateAsync(Owner, Wish("sample"), Stop)).Value.Row.Id;
}
