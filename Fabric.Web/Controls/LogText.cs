namespace Fabric.Web.Controls;

/// <summary>A printed text by its looks: what went wrong is told apart from the rest.</summary>
public static class LogText
{
    /// <summary>Stretches of lines that look the same; the look of most is null.</summary>
    public static IEnumerable<(string Text, string? Look)> Stretches(string text)
    {
        var from = 0;
        string? look = null;
        for (var at = 0; at < text.Length;)
        {
            var end = text.IndexOf('\n', at) is var feed and >= 0 ? feed + 1 : text.Length;
            var next = LookOf(text.AsSpan(at, end - at));
            if (next != look && at > from)
            {
                yield return (text[from..at], look);
                from = at;
            }

            look = next;
            at = end;
        }

        if (from < text.Length)
            yield return (text[from..], look);
    }

    private static string? LookOf(ReadOnlySpan<char> line) =>
        line.StartsWith("Error", StringComparison.Ordinal) ? "bad" : line.StartsWith("Warning", StringComparison.Ordinal) ? "asks" : null;
}
