using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;

namespace Fabric.Web.Controls;

/// <summary>One line of two texts laid over each other.</summary>
/// <param name="Sign"><c>+</c> only in the newer, <c>-</c> only in the older, a space in both, <c>…</c> for lines left out.</param>
/// <param name="Old">Its number in the older text; null when it is not there.</param>
/// <param name="New">Its number in the newer text; null when it is not there.</param>
/// <param name="Text">The line; for lines left out, how many.</param>
public sealed record TextLine(char Sign, int? Old, int? New, string Text);

/// <summary>Compares two texts line by line.</summary>
public static class TextLines
{
    /// <summary>Unchanged lines that stay around each change.</summary>
    public const int Around = 3;

    /// <summary>Lines of a text that are compared; laying longer ones over each other takes minutes.</summary>
    public const int Most = 5_000;

    /// <summary>The lines, long unchanged stretches folded; empty when no line differs.</summary>
    public static IReadOnlyList<TextLine> Between(string before, string after)
    {
        if (before == after)
            return [];
        var (longer, count) = before.Length > after.Length ? ("older", before.AsSpan().Count('\n')) : ("newer", after.AsSpan().Count('\n'));
        if (count > Most)
            return [new TextLine('…', null, null, $"The {longer} text has {count} lines, and at most {Most} are compared here. Download both and compare them with a tool of yours.")];
        var lines = new List<TextLine>();
        var (old, fresh) = (0, 0);
        foreach (var piece in InlineDiffBuilder.Diff(before, after, ignoreWhiteSpace: false).Lines)
        {
            lines.Add(piece.Type switch
            {
                ChangeType.Inserted => new TextLine('+', null, ++fresh, piece.Text),
                ChangeType.Deleted => new TextLine('-', ++old, null, piece.Text),
                _ => new TextLine(' ', ++old, ++fresh, piece.Text),
            });
        }

        // What stands behind the last line's end is no line.
        if (lines is [.., { Sign: ' ', Text: "" }])
            lines.RemoveAt(lines.Count - 1);
        return lines.TrueForAll(line => line.Sign == ' ') ? [] : Folded(lines);
    }

    private static List<TextLine> Folded(List<TextLine> lines)
    {
        var shown = new bool[lines.Count];
        for (var at = 0; at < lines.Count; at++)
        {
            if (lines[at].Sign != ' ')
                Array.Fill(shown, true, Math.Max(0, at - Around), Math.Min(lines.Count - 1, at + Around) - Math.Max(0, at - Around) + 1);
        }

        var folded = new List<TextLine>();
        for (var at = 0; at < lines.Count;)
        {
            var end = Array.IndexOf(shown, !shown[at], at) is var next && next < 0 ? lines.Count : next;
            // One line takes as much room as saying that it is left out.
            if (shown[at] || end - at == 1)
                folded.AddRange(lines[at..end]);
            else
                folded.Add(new TextLine('…', null, null, $"{end - at} lines that are the same"));
            at = end;
        }

        return folded;
    }
}
