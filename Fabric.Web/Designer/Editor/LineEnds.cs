using System.Text;
using Fabric.Workflows.Blueprints.Drafts;

namespace Fabric.Web.Designer.Editor;

/// <summary>
/// Between the text as it is saved, where a line may end in CR LF, and the editor, where each line end counts as one character. What an
/// edit does not touch keeps its line ends; what it inserts gets those of the text.
/// </summary>
internal static class LineEnds
{
    /// <summary>The text after one span of the editor's text was replaced; null when there is no such span.</summary>
    public static string? Replace(string text, int start, int removed, string inserted)
    {
        if (start < 0 || removed < 0 || Offset(text, start) is not { } from || Offset(text, start + removed) is not { } to)
            return null;
        return string.Concat(text.AsSpan(0, from), InStyleOf(text, inserted), text.AsSpan(to));
    }

    /// <summary>A text of the editor with the line ends of another.</summary>
    public static string InStyleOf(string text, string inserted) =>
        Style(text) == "\n" ? Single(inserted) : Single(inserted).Replace("\n", "\r\n", StringComparison.Ordinal);

    /// <summary>What was changed from one text to another, as the editor counts.</summary>
    public static TextChange Between(string before, string after) => TextChange.Between(Single(before), Single(after));

    /// <summary>The text with line feeds alone.</summary>
    public static string Single(string text)
    {
        if (!text.Contains('\r', StringComparison.Ordinal))
            return text;
        return new StringBuilder(text).Replace("\r\n", "\n").Replace('\r', '\n').ToString();
    }

    private static string Style(string text) => text.IndexOf('\n', StringComparison.Ordinal) is > 0 and var at && text[at - 1] == '\r' ? "\r\n" : "\n";

    /// <summary>Where the editor's offset is in the text; null when it is behind the end.</summary>
    private static int? Offset(string text, int wanted)
    {
        var at = 0;
        for (var counted = 0; counted < wanted; counted++, at++)
        {
            if (at >= text.Length)
                return null;
            if (text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n')
                at++;
        }

        return at;
    }
}
