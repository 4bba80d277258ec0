using System.Text;
using Fabric.Workflows.Blueprints.Sync;

namespace Fabric.Tests.Blueprints.Life;

/// <summary>A folder of files, brought into real databases.</summary>
public sealed class FoldersBroughtIn : LibraryBed
{
    private const string App = "app: { entity: app@1, config: { network: \"${net.id}\" } }";
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fabric-sync-");

    public override async ValueTask DisposeAsync()
    {
        folder.Delete(recursive: true);
        await base.DisposeAsync();
    }

    private void Write(string path, string text)
    {
        var file = Path.Combine(folder.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    private Task<IReadOnlyList<SyncLine>> SyncAsync(SyncWish? wish = null) => new BlueprintSync(new LibraryTarget(Library)).RunAsync(SyncFolder.Read(folder.FullName), wish ?? new SyncWish(), Cancel);

    [Fact]
    public async Task Each_file_is_new_then_unchanged_then_changed_and_says_what_changed()
    {
        Write("shops/shop.yaml", Text("shop", Net));
        Assert.Equal(SyncResult.New, Assert.Single(await SyncAsync()).Result);
        Assert.Equal(SyncResult.Unchanged, Assert.Single(await SyncAsync()).Result);

        Write("shops/shop.yaml", Text("shop", "net: { entity: network@1, title: Ours }", App));
        var line = Assert.Single(await SyncAsync());

        Assert.Equal(("shops/shop.yaml", "shop", SyncResult.Changed), (line.Path, line.Name, line.Result));
        Assert.Equal(["added: app", "changed: net"], line.Notes);
        Assert.Equal((await File.ReadAllTextAsync(Path.Combine(folder.FullName, "shops/shop.yaml"), Cancel), "Fabric sync"), ((await Library.DraftAsync("shop", Cancel))!.Draft, (await Library.DraftAsync("shop", Cancel))!.UpdatedBy));
    }

    [Fact]
    public async Task What_is_published_is_published_once_and_bases_before_what_derives_from_them()
    {
        Write("a-derived.yaml", "kind: Blueprint\nmetadata: { name: a-derived }\nspec: { extends: shop, noop: [net] }\n");
        Write("shop.yaml", Text("shop", Net));

        var lines = await SyncAsync(new SyncWish("From Git."));

        Assert.Equal([("a-derived", 1), ("shop", 1)], lines.Select(line => (line.Name, line.Version ?? 0)));
        Assert.Equal("From Git.", (await Library.VersionAsync("shop", 1, Cancel))!.Message);
        Assert.All(await SyncAsync(new SyncWish("Again.")), line => Assert.Equal((SyncResult.Unchanged, null), (line.Result, line.Version)));
        Assert.Equal(1, (await Library.LastAsync("shop", Cancel))!.Version);
    }

    [Fact]
    public async Task A_draft_brought_in_before_is_published_later_without_a_change()
    {
        Write("shop.yaml", Text("shop", Net));
        await SyncAsync();

        Assert.Equal((SyncResult.Unchanged, 1), (await SyncAsync(new SyncWish("Now.")) is [var line] ? line.Result : default, (await Library.LastAsync("shop", Cancel))!.Version));
    }

    [Fact]
    public async Task Unpublished_edits_of_a_person_are_kept_unless_forced()
    {
        Write("shop.yaml", Text("shop", Net));
        await SyncAsync(new SyncWish("First."));
        await DraftAsync("shop", Text("shop", Net) + "# Ada's\n");
        Write("shop.yaml", Text("shop", Net, App));

        var refused = Assert.Single(await SyncAsync());
        Assert.Equal(SyncResult.Refused, refused.Result);
        Assert.Equal("Its draft holds edits by Ada that are in no version. Publish them or put them back, or overwrite them with --force.", refused.Notes[0]);
        Assert.EndsWith("# Ada's\n", (await Library.DraftAsync("shop", Cancel))!.Draft, StringComparison.Ordinal);

        var forced = Assert.Single(await SyncAsync(new SyncWish(Force: true)));
        Assert.Equal((SyncResult.Changed, "overwrites edits by Ada that are in no version"), (forced.Result, forced.Notes[0]));
    }

    [Fact]
    public async Task A_dry_run_writes_nothing_and_says_what_it_would_do()
    {
        Write("shop.yaml", Text("shop", Net));
        Write("broken.yaml", Text("broken", "net: { entity: netwrok@1 }"));

        var lines = await SyncAsync(new SyncWish("Now.", DryRun: true));

        Assert.Equal((SyncResult.Refused, SyncResult.New), (lines[0].Result, lines[1].Result));
        Assert.Contains("would be published", lines[1].Notes);
        Assert.Contains(lines[0].Notes, note => note.StartsWith("broken.yaml(", StringComparison.Ordinal));
        Assert.Empty(await Library.DraftsAsync(Cancel));
    }

    [Fact]
    public async Task A_text_with_faults_is_kept_as_a_draft_with_them_and_never_published()
    {
        Write("broken.yaml", Text("broken", "net: { entity: netwrok@1 }"));

        var kept = Assert.Single(await SyncAsync());
        Assert.Equal((SyncResult.New, 1), (kept.Result, kept.Faults.Count));
        Assert.Equal(SyncResult.Refused, Assert.Single(await SyncAsync(new SyncWish("Now."))).Result);
        Assert.Null(await Library.LastAsync("broken", Cancel));
    }

    [Fact]
    public async Task What_cannot_be_read_is_refused_with_its_place_and_the_rest_is_taken()
    {
        Write("shop.yaml", Text("shop", Net));
        Write("twice/one.yaml", Text("same", Net));
        Write("twice/two.yml", Text("same", Net));
        Write("tab.yaml", "kind: Blueprint\n\tmetadata:\n");
        Write("nameless.yaml", "kind: Blueprint\nmetadata: { name: Not A Slug }\n");
        Write("type.yaml", "kind: EntityType\nmetadata: { name: disk }\n");
        await File.WriteAllBytesAsync(Path.Combine(folder.FullName, "latin.yaml"), Encoding.Latin1.GetBytes("title: Grün\n"), Cancel);
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "huge.yaml"), new string('#', SyncFolder.LargestFile + 1), Cancel);

        var lines = (await SyncAsync()).ToDictionary(line => line.Path);

        Assert.Equal(["huge.yaml", "latin.yaml", "nameless.yaml", "shop.yaml", "tab.yaml", "twice/one.yaml", "twice/two.yml"], lines.Keys);
        Assert.Equal("It is not UTF-8: look at byte 10.", lines["latin.yaml"].Notes[0]);
        Assert.Equal("twice/one.yaml and twice/two.yml are both named same. Rename one of them.", lines["twice/two.yml"].Notes[0]);
        Assert.StartsWith("tab.yaml(1,7): This is not YAML", lines["tab.yaml"].Notes[0], StringComparison.Ordinal);
        Assert.StartsWith("Its metadata.name is 'Not A Slug'", lines["nameless.yaml"].Notes[0], StringComparison.Ordinal);
        Assert.StartsWith("It has 1024 KiB", lines["huge.yaml"].Notes[0], StringComparison.Ordinal);
        Assert.Equal(["shop"], (await Library.DraftsAsync(Cancel)).Select(draft => draft.Name));
    }

    [Fact]
    public async Task Links_and_what_begins_with_a_dot_are_not_looked_at()
    {
        var outside = Directory.CreateTempSubdirectory("fabric-outside-");
        await File.WriteAllTextAsync(Path.Combine(outside.FullName, "away.yaml"), Text("away", Net), Cancel);
        Directory.CreateSymbolicLink(Path.Combine(folder.FullName, "linked"), outside.FullName);
        File.CreateSymbolicLink(Path.Combine(folder.FullName, "away.yaml"), Path.Combine(outside.FullName, "away.yaml"));
        Write(".git/hidden.yaml", Text("hidden", Net));

        Assert.Empty(await SyncAsync());
        outside.Delete(recursive: true);
    }
}
