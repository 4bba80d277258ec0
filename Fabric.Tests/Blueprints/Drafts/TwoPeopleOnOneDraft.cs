using Fabric.Workflows.Blueprints.Drafts;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Tenancy;

namespace Fabric.Tests.Blueprints.Drafts;

public sealed class TwoPeopleOnOneDraft
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_later_save_is_refused_names_the_other_and_writes_nothing()
    {
        await using var bed = await DraftBed.OpenAsync("kind: Blueprint\n");
        var seen = (await bed.OpenAsync()).Version;
        Assert.Empty((await bed.Book.WriteAsync(DraftBed.Bob, "sample", new DraftWrite("# Bob's\n", seen, "Bob's"), Cancel)).Faults);

        var late = await bed.Book.WriteAsync(DraftBed.Ada, "sample", new DraftWrite("# Ada's\n", seen, "Ada's"), Cancel);

        var fault = Assert.Single(late.Faults);
        Assert.Equal(FaultKind.PreconditionFailed, fault.Kind);
        Assert.Contains("Bob changed the draft", fault.Message, StringComparison.Ordinal);
        Assert.Equal("# Bob's\n", (await bed.OpenAsync()).Text);
    }

    [Fact]
    public async Task Whoever_watches_is_told_who_did_what()
    {
        await using var bed = await DraftBed.OpenAsync("kind: Blueprint\n");
        var told = new List<DraftNews>();
        using (bed.Feed.Watch(told.Add))
        {
            await bed.WriteAsync("# one\n", "Add storage");
            await bed.UndoAsync();
        }

        await bed.WriteAsync("# unheard\n", "More");
        Assert.Equal([("Ada", "Add storage"), ("Ada", "Undo: Add storage")], told.Select(news => (news.By, news.Label)));
    }

    [Fact]
    public async Task Who_may_not_design_changes_nothing()
    {
        await using var bed = await DraftBed.OpenAsync("kind: Blueprint\n");
        var support = new Actor("eve", "Eve", ActorKind.Person, Actor.VendorTenant, Role.Support);
        var version = (await bed.OpenAsync()).Version;
        foreach (var refused in new[]
        {
            await bed.Book.WriteAsync(support, "sample", new DraftWrite("", null, "Empty"), Cancel),
            await bed.Book.UndoAsync(support, "sample", version, Cancel),
            await bed.Book.RedoAsync(support, "sample", version, Cancel),
        })
            Assert.Equal(FaultKind.Forbidden, Assert.Single(refused.Faults).Kind);
        Assert.Equal(("kind: Blueprint\n", version), ((await bed.OpenAsync()).Text, (await bed.OpenAsync()).Version));
    }

    [Fact]
    public async Task A_text_that_is_too_large_is_refused_with_its_size()
    {
        await using var bed = await DraftBed.OpenAsync("kind: Blueprint\n");
        var refused = await bed.Book.WriteAsync(DraftBed.Ada, "sample", new DraftWrite(new string('#', DraftBook.LargestText + 1), null, "Grow"), Cancel);
        Assert.Contains("at most 1024 KiB", Assert.Single(refused.Faults).Message, StringComparison.Ordinal);
        Assert.Equal("kind: Blueprint\n", (await bed.OpenAsync()).Text);
    }
}
