using System.Threading.Channels;
using Fabric.Tests.Storage;
using Fabric.Web.Runtime.Desk;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Secrets;
using Fabric.Workflows.Tenancy;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fabric.Tests.Runtime;

/// <summary>What pages are told after a commit, on a real cell.</summary>
public sealed class LiveFeedTests : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fabric-live-");
    private FabricStorage storage = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => storage = await FabricStorage.OpenAsync(
        new StorageOptions { Data = folder.FullName }, new MasterKeys(new MasterKey(new byte[32])), TimeProvider.System, NullLoggerFactory.Instance, Cancel);

    public async ValueTask DisposeAsync()
    {
        await storage.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_customer_hears_of_its_own_commits_and_of_no_others()
    {
        var feed = new LiveFeed(storage);
        var (heard, all) = (Channel.CreateUnbounded<Guid?>(), Channel.CreateUnbounded<Guid?>());
        using var customer = feed.Watch(new Actor("ann", "Ann", ActorKind.Person, "acme", Role.Owner), null, id => heard.Writer.TryWrite(id));
        using var vendor = feed.Watch(Actor.System, null, id => all.Writer.TryWrite(id));
        var (theirs, own) = (Rows.Environment(tenant: "globex"), Rows.Environment());

        // Commits are told in their order, so what comes first would have been the other tenant's.
        foreach (var environment in new[] { theirs, own })
            await storage.Cells.Get("local").Journal.CommitAsync(new JournalBatch().Add(environment).Add(Rows.Event(environment.Id, tenant: environment.Tenant)), Cancel);
        Assert.Equal(own.Id, await heard.Reader.ReadAsync(Cancel));
        Assert.Equal(theirs.Id, await all.Reader.ReadAsync(Cancel));
        Assert.Equal(own.Id, await all.Reader.ReadAsync(Cancel));
        Assert.False(heard.Reader.TryRead(out var more), $"told of {more} as well");
    }
}
