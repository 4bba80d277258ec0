using System.Text.Json.Nodes;
using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Blueprints.Editing;

namespace Fabric.Tests.Blueprints.Editing;

public sealed class UndoAndRedo
{
    private static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Thirty_steps_back_and_forward_give_the_same_bytes()
    {
        var draft = Drafts.Of(Drafts.Two);
        var history = new EditHistory(draft.Text);
        var texts = new List<string> { history.Text.Text };
        for (var i = 0; i < 30; i++)
        {
            Assert.Empty(history.Do(Edit(i), draft, Start.AddMinutes(i)));
            texts.Add(history.Text.Text);
        }

        for (var i = 29; i >= 0; i--)
        {
            Assert.True(history.Undo());
            Assert.Equal(texts[i], history.Text.Text);
        }

        Assert.False(history.Undo());
        for (var i = 1; i <= 30; i++)
        {
            Assert.True(history.Redo());
            Assert.Equal(texts[i], history.Text.Text);
        }

        Assert.False(history.Redo());
    }

    [Fact]
    public void Typing_into_one_field_is_one_step_and_a_pause_begins_another()
    {
        var draft = Drafts.Of(Drafts.Two);
        var history = new EditHistory(draft.Text);
        foreach (var (size, seconds) in new[] { (4, 0.0), (5, 0.5), (6, 1.0), (7, 9.0) })
            history.Do(new SetValue("web", "size", size), draft, Start.AddSeconds(seconds));
        Assert.Equal("Set size of web", history.UndoLabel);
        history.Undo();
        Assert.Contains("size: 6", history.Text.Text, StringComparison.Ordinal);
        history.Undo();
        Assert.Equal(Drafts.Two, history.Text.Text);
        Assert.Null(history.UndoLabel);
    }

    [Fact]
    public void A_change_forgets_what_was_undone_and_a_refused_one_changes_nothing()
    {
        var draft = Drafts.Of(Drafts.Two);
        var history = new EditHistory(draft.Text);
        history.Do(new SetValue("web", "size", 4), draft, Start);
        history.Undo();
        Assert.NotEmpty(history.Do(new Connect("web", null, "net", null), draft, Start));
        Assert.Equal("Set size of web", history.RedoLabel);
        history.Do(new SetValue("web", "size", 9), draft, Start);
        Assert.Null(history.RedoLabel);
        Assert.Equal(FaultCodes.EditRefused, Assert.Single(history.Do(new RemoveNodes(["nobody"]), draft, Start)).Code);
    }

    private static DraftEdit Edit(int i) => (i % 6) switch
    {
        0 => new AddNode($"app-{i}", new JsonObject { ["entity"] = "app@1", ["config"] = new JsonObject { ["size"] = 1 } }, i * 20, 100),
        1 => new Connect("net", "id", $"app-{i - 1}", "network"),
        2 => new SetValue($"app-{i - 2}", "size", i % 9 + 1),
        3 => new MoveNodes(new Dictionary<string, (double, double)> { [$"app-{i - 3}"] = (i * 31, 200) }),
        4 => new RenameNode($"app-{i - 4}", $"svc-{i - 4}"),
        _ => i % 12 == 5 ? new SetNoOp($"svc-{i - 5}", true) : new RemoveNodes([$"svc-{i - 5}"]),
    };
}
