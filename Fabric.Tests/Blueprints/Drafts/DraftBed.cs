using Fabric.Tests.Storage;
using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Blueprints.Drafts;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Secrets;
using Fabric.Workflows.Tenancy;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Fabric.Tests.Blueprints.Drafts;

/// <summary>A directory of its own with the draft <c>sample</c> in it, and two people who edit.</summary>
public sealed class DraftBed : IAsyncDisposable
{
    public static readonly Actor Ada = new("ada", "Ada", ActorKind.Person, Actor.VendorTenant, Role.Sre);
    public static readonly Actor Bob = new("bob", "Bob", ActorKind.Person, Actor.VendorTenant, Role.Admin);

    private readonly DirectoryInfo data;

    private DraftBed(DirectoryInfo data, FabricStorage storage, FakeTimeProvider time)
    {
        (this.data, Storage, Time) = (data, storage, time);
        Library = new BlueprintLibrary(storage.Directory, Sample.Catalog, Feed, time);
        Book = new DraftBook(storage.Directory, Feed, time);
    }

    public FabricStorage Storage { get; }

    public FakeTimeProvider Time { get; }

    public DraftFeed Feed { get; } = new();

    public BlueprintLibrary Library { get; }

    public DraftBook Book { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<DraftBed> OpenAsync(string text)
    {
        var data = Directory.CreateTempSubdirectory("fabric-drafts-");
        var time = new FakeTimeProvider(Rows.Now);
        var storage = await FabricStorage.OpenAsync(new StorageOptions { Data = data.FullName }, new MasterKeys(new MasterKey(new byte[32])), time, NullLoggerFactory.Instance);
        var bed = new DraftBed(data, storage, time);
        Assert.True((await bed.Library.PutDraftAsync(Bob, "sample", text, null, Cancel)).Succeeded);
        return bed;
    }

    /// <summary>Saves a text as one step, some time after the one before.</summary>
    public async Task<DraftState> WriteAsync(string text, string label, string? key = null, double seconds = 60, Actor? by = null)
    {
        Time.Advance(TimeSpan.FromSeconds(seconds));
        var version = (await OpenAsync()).Version;
        var written = await Book.WriteAsync(by ?? Ada, "sample", new DraftWrite(text, version, label, key), Cancel);
        Assert.Empty(written.Faults);
        return written.Value!;
    }

    public async Task<DraftState> OpenAsync() => (await Book.OpenAsync("sample", Cancel))!;

    public async Task<DraftState> UndoAsync() => (await Book.UndoAsync(Ada, "sample", (await OpenAsync()).Version, Cancel)).Value!;

    public async Task<DraftState> RedoAsync() => (await Book.RedoAsync(Ada, "sample", (await OpenAsync()).Version, Cancel)).Value!;

    public async ValueTask DisposeAsync()
    {
        await Storage.DisposeAsync();
        data.Delete(recursive: true);
    }
}
