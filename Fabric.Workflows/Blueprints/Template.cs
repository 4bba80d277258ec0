namespace Fabric.Workflows.Blueprints;

/// <summary>A piece of a string: plain text, or a binding.</summary>
/// <param name="Text">Plain text, escapes undone; for a binding its source, as in <c>${network.vpcId}</c>.</param>
/// <param name="Root">First name of the binding; null for plain text.</param>
/// <param name="Path">Names after the root.</param>
internal sealed record TemplatePart(string Text, string? Root, string[] Path)
{
    /// <summary>A secret reference: carried along and resolved only where it is used.</summary>
    public bool IsSecret => Root == "secret";
}

/// <summary>Reads the bindings of one string.</summary>
internal static class Template
{
    /// <summary>Whether there can be a binding or an escape in <paramref name="text"/>.</summary>
    public static bool Concerns(string text) => text.Contains("${", StringComparison.Ordinal);

    /// <summary>Splits a string into text and bindings.</summary>
    /// <param name="text">The string.</param>
    /// <param name="error">What is malformed, as a sentence; null when nothing is.</param>
    public static IReadOnlyList<TemplatePart> Parse(string text, out string? error)
    {
        error = null;
        var parts = new List<TemplatePart>();
        var plain = new System.Text.StringBuilder();
        for (var at = 0; at < text.Length;)
        {
            if (Starts(text, at, "$${"))
            {
                plain.Append("${");
                at += 3;
                continue;
            }

            if (!Starts(text, at, "${"))
            {
                plain.Append(text[at++]);
                continue;
            }

            var end = text.IndexOf('}', at);
            var names = end < 0 ? [] : text[(at + 2)..end].Split('.');
            if (end < 0 || !names.All(IsName))
            {
                error = $"'{(end < 0 ? text[at..] : text[at..(end + 1)])}' is not a binding; write ${{node.output}}, ${{param.name}} or ${{secret.name}}, or $${{ for a plain ${{.";
                return parts;
            }

            Flush(parts, plain);
            parts.Add(new TemplatePart(text[at..(end + 1)], names[0], names[1..]));
            at = end + 1;
        }

        Flush(parts, plain);
        return parts;
    }

    private static bool IsName(string name) => name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    private static bool Starts(string text, int at, string what) => string.CompareOrdinal(text, at, what, 0, what.Length) == 0;

    private static void Flush(List<TemplatePart> parts, System.Text.StringBuilder plain)
    {
        if (plain.Length == 0)
            return;
        parts.Add(new TemplatePart(plain.ToString(), null, []));
        plain.Clear();
    }
}
