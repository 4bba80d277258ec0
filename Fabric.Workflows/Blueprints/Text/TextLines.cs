using Fabric.Workflows.Blueprints.Yaml;

namespace Fabric.Workflows.Blueprints;

/// <summary>Where lines begin and end around an offset, whatever the line ends are.</summary>
internal static class TextLines
{
    /// <summary>Offset of the first character of the line <paramref name="at"/> is in.</summary>
    public static int Start(string text, int at)
    {
        while (at > 0 && text[at - 1] is not ('\n' or '\r')) at--;
        return at;
    }

    /// <summary>Offset of the line end after <paramref name="at"/>, or the end of the text.</summary>
    public static int End(string text, int at)
    {
        while (at < text.Length && text[at] is not ('\n' or '\r')) at++;
        return at;
    }

    /// <summary>Offset of the next line, or the end of the text.</summary>
    public static int Next(string text, int at)
    {
        var end = End(text, at);
        return end + Break(text, end).Length;
    }

    /// <summary>The line end that stands at an offset; empty at the end of the text.</summary>
    public static string Break(string text, int at) =>
        at >= text.Length ? "" : text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n' ? "\r\n" : text[at].ToString();

    /// <summary>The line end this text uses.</summary>
    public static string Style(string text) => Break(text, End(text, 0)) is { Length: > 0 } used ? used : "\n";

    /// <summary>One past an entry's own text; the colon counts when there is no value.</summary>
    public static int End(string text, YamlEntry entry)
    {
        var end = entry.End;
        if (entry.End == entry.Key.End) return AfterColon(text, entry);
        // A block scalar's mark is behind its last line end, which belongs to whoever comes next.
        while (end > entry.Value.Start && char.IsWhiteSpace(text[end - 1])) end--;
        return end;
    }

    /// <summary>One past the colon of an entry; its key's end when a flow map has a key alone.</summary>
    public static int AfterColon(string text, YamlEntry entry)
    {
        var at = entry.Key.End;
        while (at < text.Length && (text[at] is ' ' or '\t')) at++;
        return at < text.Length && text[at] == ':' ? at + 1 : entry.Key.End;
    }

    public static bool IsBlank(string text, int from, int to) => string.IsNullOrWhiteSpace(text[from..to]);
}
