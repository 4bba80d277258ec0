using Fabric.Web.Controls;

namespace Fabric.Tests.Pages.Controls;

public sealed class TextLinesTests
{
    private static string Numbered(int count, params (int Line, string Text)[] other) =>
        string.Concat(Enumerable.Range(1, count).Select(line => (other.FirstOrDefault(change => change.Line == line).Text ?? $"line {line}") + "\n"));

    [Fact]
    public void The_same_text_has_no_lines() => Assert.Empty(TextLines.Between(Numbered(9), Numbered(9)));

    [Fact]
    public void A_change_is_the_old_line_and_the_new_one_with_its_neighbours_and_the_rest_is_folded()
    {
        var lines = TextLines.Between(Numbered(20), Numbered(20, (10, "ten")));

        Assert.Equal("… 6 lines that are the same", $"{lines[0].Sign} {lines[0].Text}");
        Assert.Equal([new TextLine(' ', 9, 9, "line 9"), new TextLine('-', 10, null, "line 10"), new TextLine('+', null, 10, "ten"), new TextLine(' ', 11, 11, "line 11")], lines.Skip(3).Take(4));
        Assert.Equal('…', lines[^1].Sign);
    }

    [Fact]
    public void A_single_line_between_two_changes_is_shown() =>
        Assert.DoesNotContain(TextLines.Between(Numbered(12), Numbered(12, (1, "one"), (9, "nine"))), line => line.Sign == '…' && line.Text.StartsWith("1 ", StringComparison.Ordinal));

    [Fact]
    public void What_is_only_in_the_newer_text_is_inserted() => Assert.Equal(
        [new TextLine('+', null, 1, "zero"), new TextLine(' ', 1, 2, "line 1")], TextLines.Between(Numbered(1), "zero\n" + Numbered(1)).Take(2));
}
