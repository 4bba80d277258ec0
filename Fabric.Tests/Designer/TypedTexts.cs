using Fabric.Web.Designer.Editor;
using Fabric.Web.Designer.Session;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Fabric.Tests.Designer;

public sealed class TypedTexts
{
    [Theory]
    [InlineData("a\r\nb\r\nc", 2, 1, "x\ny", "a\r\nx\r\ny\r\nc")]
    [InlineData("a\nb\r\nc", 4, 1, "z", "a\nb\r\nz")]
    [InlineData("", 0, 0, "a\n", "a\n")]
    [InlineData("a\rb", 2, 1, "c", "a\rc")]
    [InlineData("é🐙\n", 1, 2, "x", "éx\n")]
    public void A_span_of_the_editor_is_replaced_and_other_line_ends_stay(string text, int start, int removed, string inserted, string expected) =>
        Assert.Equal(expected, LineEnds.Replace(text, start, removed, inserted));

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, 9)]
    [InlineData(4, 0)]
    [InlineData(0, -1)]
    public void A_span_that_is_not_there_replaces_nothing(int start, int removed) => Assert.Null(LineEnds.Replace("a\r\nb", start, removed, "x"));

    [Property(Arbitrary = [typeof(Texts)])]
    public bool What_the_canvas_changed_is_what_the_editor_gets(Pair pair)
    {
        var change = LineEnds.Between(pair.Before, pair.After);
        return change.Apply(LineEnds.Single(pair.Before)) == LineEnds.Single(pair.After);
    }

    [Theory]
    [InlineData("1\n2\n3\n4\n", "one\n2\n3\n4\n", "1\n2\n3\nfour\n", "one\n2\n3\nfour\n")]
    [InlineData("1\n2\n3\n4\n", "1\n2\n3\nfour\n", "one\n2\n3\n4\n", "one\n2\n3\nfour\n")]
    [InlineData("1\n2\n", "one\n2\n", "un\n2\n", null)]
    [InlineData("12\n", "1x2\n", "12y\n", null)]
    public void Two_changes_are_made_one_unless_their_lines_touch(string before, string mine, string theirs, string? merged) => Assert.Equal(merged, Merge.Of(before, mine, theirs));

    public sealed record Pair(string Before, string After);

    private static class Texts
    {
        private static readonly Gen<string> Text = Gen.Elements("a", "b", "\n", "\r\n", "\r", "🐙", " ").ListOf().Select(string.Concat);

        public static Arbitrary<Pair> Pairs() => Text.Zip(Text).Select(two => new Pair(two.Item1, two.Item2)).ToArbitrary();
    }
}
