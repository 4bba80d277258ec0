using Fabric.Workflows.Blueprints.Drafts;

namespace Fabric.Tests.Blueprints.Drafts;

public sealed class UndoAndRedo
{
    private const string First = "kind: Blueprint # é 🐙\n";

    [Fact]
    public async Task Thirty_steps_back_and_forward_give_the_same_bytes_whoever_opens_the_draft()
    {
        await using var bed = await DraftBed.OpenAsync(First);
        var texts = new List<string> { First };
        for (var i = 0; i < 30; i++)
            texts.Add((await bed.WriteAsync(Next(texts[^1], i), $"Step {i}")).Text);
        for (var i = 29; i >= 0; i--)
            Assert.Equal(texts[i], (await bed.UndoAsync()).Text);
        var start = await bed.UndoAsync();
        Assert.Equal((First, null, "Step 0"), (start.Text, start.UndoLabel, start.RedoLabel));
        for (var i = 1; i <= 30; i++)
            Assert.Equal(texts[i], (await bed.RedoAsync()).Text);
        var end = await bed.RedoAsync();
        Assert.Equal((texts[30], "Step 29", null), (end.Text, end.UndoLabel, end.RedoLabel));
    }

    [Fact]
    public async Task Typing_into_one_field_is_one_step_and_a_pause_or_another_person_begins_another()
    {
        await using var bed = await DraftBed.OpenAsync(First);
        await bed.WriteAsync(First + "a", "Type", "field");
        await bed.WriteAsync(First + "ab", "Type", "field", seconds: 1);
        await bed.WriteAsync(First + "abc", "Type", "field", seconds: 1);
        await bed.WriteAsync(First + "abcd", "Type", "field", seconds: 9);
        await bed.WriteAsync(First + "abcde", "Type", "field", seconds: 1, by: DraftBed.Bob);
        Assert.Equal(First + "abcd", (await bed.UndoAsync()).Text);
        Assert.Equal(First + "abc", (await bed.UndoAsync()).Text);
        Assert.Equal(First, (await bed.UndoAsync()).Text);
    }

    [Fact]
    public async Task A_change_forgets_what_was_undone()
    {
        await using var bed = await DraftBed.OpenAsync(First);
        await bed.WriteAsync(First + "one", "One");
        await bed.WriteAsync(First + "two", "Two");
        await bed.UndoAsync();
        await bed.UndoAsync();
        var changed = await bed.WriteAsync(First + "three", "Three");
        Assert.Equal(("Three", null), (changed.UndoLabel, changed.RedoLabel));
        Assert.Equal(First, (await bed.UndoAsync()).Text);
    }

    [Fact]
    public async Task A_text_put_through_the_api_is_a_step_like_any_other()
    {
        await using var bed = await DraftBed.OpenAsync(First);
        await bed.Library.PutDraftAsync(DraftBed.Bob, "sample", "kind: Other\n", null, TestContext.Current.CancellationToken);
        Assert.Equal("Replace the text", (await bed.OpenAsync()).UndoLabel);
        Assert.Equal(First, (await bed.UndoAsync()).Text);
    }

    [Fact]
    public async Task Only_the_newest_five_hundred_steps_are_kept()
    {
        await using var bed = await DraftBed.OpenAsync(First);
        for (var i = 0; i < DraftSteps.Most + 5; i++)
            await bed.WriteAsync(First + new string('x', i + 1), "Grow");
        for (var i = 0; i < DraftSteps.Most; i++)
            Assert.NotNull((await bed.UndoAsync()).RedoLabel);
        Assert.Null((await bed.OpenAsync()).UndoLabel);
    }

    private static string Next(string text, int i) => (i % 3) switch
    {
        0 => text + $"# line {i} 🐋\n",
        1 => text.Replace("é", "éé", StringComparison.Ordinal),
        _ => text.Replace("🐙", "🐙🐋", StringComparison.Ordinal),
    };
}
