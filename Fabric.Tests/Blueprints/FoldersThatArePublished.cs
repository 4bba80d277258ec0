using Fabric.Tests.Storage;
using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Blueprints.Drafts;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Secrets;
using Fabric.Workflows.Tenancy;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Fabric.Tests.Blueprints;

/// <summary>What a start does with the blueprints that come with the product, once people have their own versions of them.</summary>
public sealed class FoldersThatArePublished : IAsyncLifetime
{
    private const string First = "apiVersion: fabric/v1\nkind: Blueprint\nmetadata: { name: shop, title: Shop }\nspec:\n  nodes:\n    net: { entity: network@1 }\n";
    private static readonly Actor Ada = new("ada", "Ada", ActorKind.Person, Actor.VendorTenant, Role.Admin);

    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("fabric-library-");
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fabric-blueprints-");
    private FabricStorage storage = null!;
    private BlueprintLibrary library = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var time = new FakeTimeProvider(Rows.Now);
        storage = await FabricStorage.OpenAsync(new StorageOptions { Data = data.FullName }, new MasterKeys(new MasterKey(new byte[32])), time, NullLoggerFactory.Instance);
        library = new BlueprintLibrary(storage.Directory, Sample.Catalog, new DraftFeed(), time);
        Assert.Empty(await StartAsync(First));
    }

    [Fact]
    public async Task A_start_with_the_same_text_publishes_nothing()
    {
        Assert.Empty(await StartAsync(First));
        Assert.Equal(1, (await library.VersionAsync("shop", null, Cancel))!.Version);
    }

    [Fact]
    public async Task What_people_published_over_it_stays_the_newest()
    {
        await library.PutDraftAsync(Ada, "shop", First + "    # ours\n", null, Cancel);
        await library.PublishAsync(Ada, "shop", "Ours.", Cancel);

        Assert.Empty(await StartAsync(First));

        Assert.Equal((2, "Ada"), ((await library.VersionAsync("shop", null, Cancel))!.Version, (await library.VersionAsync("shop", null, Cancel))!.PublishedBy));
        Assert.EndsWith("# ours\n", (await library.DraftAsync("shop", Cancel))!.Draft, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_that_somebody_works_on_is_not_overwritten_by_a_new_text()
    {
        await library.PutDraftAsync(Ada, "shop", First + "    # half done\n", null, Cancel);

        var fault = Assert.Single(await StartAsync(First + "    # newer\n"));

        Assert.Contains("somebody works on its draft", fault, StringComparison.Ordinal);
        Assert.EndsWith("# half done\n", (await library.DraftAsync("shop", Cancel))!.Draft, StringComparison.Ordinal);
        Assert.Equal(1, (await library.VersionAsync("shop", null, Cancel))!.Version);
    }

    [Fact]
    public async Task A_new_text_becomes_the_next_version()
    {
        Assert.Empty(await StartAsync(First + "    # newer\n"));
        Assert.Equal(2, (await library.VersionAsync("shop", null, Cancel))!.Version);
    }

    public async ValueTask DisposeAsync()
    {
        await storage.DisposeAsync();
        data.Delete(recursive: true);
        folder.Delete(recursive: true);
    }

    private async Task<IReadOnlyList<string>> StartAsync(string text)
    {
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "shop.yaml"), text, Cancel);
        return await library.PublishFolderAsync(folder.FullName, Cancel);
    }
}
