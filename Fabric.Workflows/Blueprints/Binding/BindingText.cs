using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;

namespace Fabric.Workflows.Blueprints;

/// <summary>A string taken apart once: literal pieces and references.</summary>
internal sealed partial class BindingText
{
    private const int Remembered = 4_096;
    private const int LongestRemembered = 200;
    private static readonly ConcurrentDictionary<(string Text, string Where), BindingText> Known = [];
    private static int known;

    private BindingText(IReadOnlyList<Piece> pieces, IReadOnlyList<string> errors)
    {
        Pieces = pieces;
        Errors = errors;
    }

    public IReadOnlyList<Piece> Pieces { get; }

    /// <summary>Sentences about what could not be read.</summary>
    public IReadOnlyList<string> Errors { get; }

    public bool HasReferences => Pieces.Any(p => p.Reference is not null);

    /// <summary>The one reference that is the whole string, or null.</summary>
    public BindingRef? Whole => Pieces is [{ Reference: { } only }] ? only : null;

    /// <summary>A literal, or a reference with the text it was written as.</summary>
    public sealed record Piece(string Text, BindingRef? Reference);

    /// <summary>Takes a string apart. The engine asks for the same few strings of a blueprint again and again, so those are remembered.</summary>
    public static BindingText Parse(string text, string where = "")
    {
        if (!text.Contains("${", StringComparison.Ordinal)) return new([new Piece(text, null)], []);
        if (text.Length > LongestRemembered) return Read(text, where);
        if (Known.TryGetValue((text, where), out var before)) return before;
        var read = Read(text, where);
        if (Volatile.Read(ref known) < Remembered && Known.TryAdd((text, where), read)) Interlocked.Increment(ref known);
        return read;
    }

    private static BindingText Read(string text, string where)
    {
        var pieces = new List<Piece>();
        var errors = new List<string>();
        var literal = new StringBuilder();
        var at = 0;
        while (at < text.Length)
        {
            if (Starts(text, at, "$${"))
            {
                literal.Append("${");
                at += 3;
            }
            else if (!Starts(text, at, "${"))
            {
                literal.Append(text[at++]);
            }
            else
            {
                var close = text.IndexOf('}', at);
                var inner = close < 0 ? text[(at + 2)..] : text[(at + 2)..close];
                var match = Expression().Match(inner);
                if (close < 0) errors.Add($"'{Short(text[at..])}' has no closing '}}'.");
                else if (!match.Success) errors.Add($"'${{{Short(inner)}}}' is no binding; write it as ${{node.output}}, ${{param.name}} or ${{env.name}}, or '$${{' for the two characters.");
                if (close < 0 || !match.Success) return new([], errors);

                if (literal.Length > 0) pieces.Add(new Piece(literal.ToString(), null));
                literal.Clear();
                pieces.Add(new Piece(text[at..(close + 1)], Reference(inner, at == 0 && close == text.Length - 1, where)));
                at = close + 1;
            }
        }

        if (literal.Length > 0) pieces.Add(new Piece(literal.ToString(), null));
        return new(pieces, errors);
    }

    /// <summary>The text with the roots of its references renamed; everything else stays as it is written.</summary>
    public static string Rename(string text, IReadOnlyDictionary<string, string> roots)
    {
        var parsed = Parse(text);
        if (!parsed.HasReferences || parsed.Errors.Count > 0) return text;
        var renamed = new StringBuilder();
        var at = 0;
        foreach (var piece in parsed.Pieces.Where(piece => piece.Reference is not null))
        {
            var start = text.IndexOf(piece.Text, at, StringComparison.Ordinal);
            // Behind a second dollar sign it is no reference but the same characters.
            while (start > 0 && text[start - 1] == '$')
                start = text.IndexOf(piece.Text, start + 1, StringComparison.Ordinal);
            renamed.Append(text, at, start - at);
            renamed.Append(roots.TryGetValue(piece.Reference!.Root, out var root) ? $"${{{root}{piece.Text[(2 + piece.Reference.Root.Length)..]}" : piece.Text);
            at = start + piece.Text.Length;
        }

        return renamed.Append(text, at, text.Length - at).ToString();
    }

    private static BindingRef Reference(string inner, bool whole, string where)
    {
        var parts = inner.Replace("[", ".", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Split('.');
        return new BindingRef(parts[0], parts[1..], whole, where);
    }

    private static bool Starts(string text, int at, string what) => string.CompareOrdinal(text, at, what, 0, what.Length) == 0;

    private static string Short(string text) => text.Length <= 40 ? text : text[..40] + "…";

    [GeneratedRegex(@"^[A-Za-z_][-A-Za-z0-9_]*(\.[A-Za-z0-9_][-A-Za-z0-9_]*|\[[0-9]{1,6}\])*\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Expression();
}
