using Fabric.Tests.Blueprints.Drafts;
using Fabric.Web.Designer.Session;
using Fabric.Workflows.Blueprints.Drafts;
using Fabric.Workflows.Blueprints.Editing;
using Fabric.Workflows.Tenancy;

namespace Fabric.Tests.Designer;

public sealed class Sessions
{
    private const string Two = "kind: Blueprint\nmetadata: { name: sample }\nspec:\n  nodes:\n    net: { entity: network@1 } # ours\n    web:\n      entity: app@1\n      config:\n        size: 3\n";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_edit_is_saved_before_it_counts_and_undo_takes_it_back()
    {
        await using var bed = await DraftBed.OpenAsync(Two);
        var session = await OpenAsync(bed, DraftBed.Ada);
        Assert.Empty(await session.DoAsync(new SetValue("web", "size", 4), Cancel));
        Assert.Equal(Two.Replace("size: 3", "size: 4", StringComparison.Ordinal), (await bed.OpenAsync()).Text);
        Assert.Empty(await session.UndoAsync(Cancel));
        Assert.Equal((Two, "Set size of web"), (session.Saved!.Text, session.Saved.RedoLabel));
    }

    [Fact]
    public async Task An_edit_that_cannot_be_made_says_why_and_saves_nothing()
    {
        await using var bed = await DraftBed.OpenAsync(Two);
        var session = await OpenAsync(bed, DraftBed.Ada);
        Assert.Equal("There is a node 'web' already; choose another name.", Assert.Single(await session.DoAsync(new RenameNode("net", "web"), Cancel)));
        Assert.Equal(1, (await bed.OpenAsync()).Version);
    }

    [Fact]
    public async Task Who_is_slower_sees_both_sides_and_may_keep_both()
    {
        await using var bed = await DraftBed.OpenAsync(Two);
        var ada = await OpenAsync(bed, DraftBed.Ada);
        var bob = await OpenAsync(bed, DraftBed.Bob);
        await ada.DoAsync(new SetField("net", "title", "The way in"), Cancel);

        Assert.Empty(await bob.DoAsync(new SetValue("web", "size", 5), Cancel));

        var clash = Assert.IsType<Clash>(bob.Clash);
        Assert.Equal(("Set size of web", "Ada"), (clash.Label, clash.By));
        Assert.Contains("size: 5", clash.Mine, StringComparison.Ordinal);
        Assert.Contains("The way in", clash.Theirs, StringComparison.Ordinal);
        Assert.DoesNotContain("size: 5", (await bed.OpenAsync()).Text, StringComparison.Ordinal);
        Assert.Empty(await bob.DecideAsync(ClashChoice.OnTop, Cancel));
        var both = (await bed.OpenAsync()).Text;
        Assert.Contains("The way in", both, StringComparison.Ordinal);
        Assert.Contains("size: 5", both, StringComparison.Ordinal);
        Assert.Null(bob.Clash);
    }

    [Fact]
    public async Task What_a_third_person_saved_while_one_decided_is_not_overwritten_either()
    {
        await using var bed = await DraftBed.OpenAsync(Two);
        var ada = await OpenAsync(bed, DraftBed.Ada);
        var bob = await OpenAsync(bed, DraftBed.Bob);
        await ada.DoAsync(new SetField("net", "title", "One"), Cancel);
        await bob.DoAsync(new SetValue("web", "size", 5), Cancel);
        await ada.DoAsync(new SetField("net", "title", "Two"), Cancel);

        Assert.Contains("Decide first", Assert.Single(await bob.DoAsync(new RemoveNodes(["web"]), Cancel)), StringComparison.Ordinal);
        Assert.Empty(await bob.DecideAsync(ClashChoice.OnTop, Cancel));

        Assert.Contains("title: Two", bob.Clash!.Theirs, StringComparison.Ordinal);
        Assert.Contains("title: Two", (await bed.OpenAsync()).Text, StringComparison.Ordinal);
        Assert.Empty(await bob.DecideAsync(ClashChoice.OnTop, Cancel));
        Assert.Contains("size: 5", (await bed.OpenAsync()).Text, StringComparison.Ordinal);
        Assert.Contains("title: Two", (await bed.OpenAsync()).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kind: Blueprint\nmetadata: x\nspec:\n  extends: nobody\n  nodes:\n    web: e\n")]
    [InlineData("kind: Blueprint\nmetadata: { name: sample }\nspec:\n  nodes:\n    web: e\n")]
    [InlineData("kind: Blueprint\nspec: 7\n")]
    public async Task A_text_that_is_half_typed_opens_and_shows_what_can_be_shown(string text)
    {
        await using var bed = await DraftBed.OpenAsync(text);
        var session = await OpenAsync(bed, DraftBed.Ada);
        Assert.NotEmpty(session.Problems);
        Assert.All(session.Canvas!.Nodes, node => Assert.NotNull(NodeDetail.Of(session.Draft!, node.Name)));
    }

    [Theory]
    [InlineData(ClashChoice.Theirs, "# theirs")]
    [InlineData(ClashChoice.Mine, "# mine")]
    public async Task Typed_texts_whose_lines_touch_are_chosen_between(ClashChoice choice, string kept)
    {
        await using var bed = await DraftBed.OpenAsync(Two);
        var ada = await OpenAsync(bed, DraftBed.Ada);
        var bob = await OpenAsync(bed, DraftBed.Bob);
        var seen = bob.Saved!;
        await ada.WriteTextAsync(Two.Replace("# ours", "# theirs", StringComparison.Ordinal), ada.Saved!, Cancel);

        await bob.WriteTextAsync(Two.Replace("# ours", "# mine", StringComparison.Ordinal), seen, Cancel);

        Assert.Null(bob.Clash!.OnTop);
        Assert.NotEmpty(await bob.DecideAsync(ClashChoice.OnTop, Cancel));
        Assert.NotNull(bob.Clash);
        Assert.Empty(await bob.DecideAsync(choice, Cancel));
        Assert.Equal(Two.Replace("# ours", kept, StringComparison.Ordinal), (await bed.OpenAsync()).Text);
    }

    [Fact]
    public async Task A_text_that_cannot_be_read_is_kept_and_the_drawing_stays()
    {
        await using var bed = await DraftBed.OpenAsync(Two);
        var session = await OpenAsync(bed, DraftBed.Ada);
        Assert.Empty(await session.WriteTextAsync(Two + "  oops: [", session.Saved!, Cancel));
        Assert.EndsWith("oops: [", (await bed.OpenAsync()).Text, StringComparison.Ordinal);
        Assert.False(session.Readable);
        Assert.Equal(["net", "web"], session.Canvas!.Nodes.Select(node => node.Name));
        Assert.NotEmpty(session.Problems);
        Assert.Contains("mend it first", Assert.Single(await session.DoAsync(new SetValue("web", "size", 4), Cancel)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_lost_the_right_saves_nothing()
    {
        await using var bed = await DraftBed.OpenAsync(Two);
        Actor? now = DraftBed.Ada;
        var session = new DesignerSession(bed.Book, bed.Library, () => Task.FromResult<Actor?>(now), "sample");
        Assert.True(await session.OpenAsync(Cancel));
        now = null;
        Assert.Contains("may not change blueprints any more", Assert.Single(await session.DoAsync(new SetValue("web", "size", 4), Cancel)), StringComparison.Ordinal);
        Assert.Equal(Two, (await bed.OpenAsync()).Text);
    }

    [Fact]
    public async Task What_others_did_is_followed_once()
    {
        await using var bed = await DraftBed.OpenAsync(Two);
        var ada = await OpenAsync(bed, DraftBed.Ada);
        var bob = await OpenAsync(bed, DraftBed.Bob);
        await ada.DoAsync(new RemoveNodes(["web"]), Cancel);
        Assert.True(await bob.FollowAsync(Cancel));
        Assert.Equal(["net"], bob.Canvas!.Nodes.Select(node => node.Name));
        Assert.False(await bob.FollowAsync(Cancel));
    }

    private static async Task<DesignerSession> OpenAsync(DraftBed bed, Actor actor)
    {
        var session = new DesignerSession(bed.Book, bed.Library, () => Task.FromResult<Actor?>(actor), "sample");
        Assert.True(await session.OpenAsync(Cancel));
        return session;
    }
}
