using System.Text;

namespace Fabric.Workflows.Catalog.Modules;

/// <summary>
/// Finds the blocks of a Terraform file and the attributes that stand directly in them. It reads no expression: what a module means is
/// for Terraform; which variables and outputs it declares can be told from its brackets, strings and comments.
/// </summary>
internal sealed class HclScanner(string text)
{
    private int at;

    /// <summary>Every block at the top level.</summary>
    /// <exception cref="FormatException">A string, comment or bracket has no end.</exception>
    public IReadOnlyList<HclBlock> Blocks() => Body(closed: false).Blocks;

    private (List<HclBlock> Blocks, Dictionary<string, string> Attributes) Body(bool closed)
    {
        var blocks = new List<HclBlock>();
        var attributes = new Dictionary<string, string>(StringComparer.Ordinal);
        while (true)
        {
            SkipSpace();
            if (at >= text.Length)
                return closed ? throw Open("{") : (blocks, attributes);
            if (text[at] == '}')
            {
                if (!closed)
                    throw new FormatException($"a }} in line {Line} closes nothing");
                at++;
                return (blocks, attributes);
            }

            Statement(blocks, attributes);
        }
    }

    private void Statement(List<HclBlock> blocks, Dictionary<string, string> attributes)
    {
        var words = new List<string>();
        while (at < text.Length)
        {
            SkipBlanks();
            if (at >= text.Length || text[at] is '\n' or '\r')
                return;
            switch (text[at])
            {
                case '{':
                    at++;
                    var (inner, values) = Body(closed: true);
                    blocks.Add(new HclBlock(words.FirstOrDefault() ?? "", [.. words.Skip(1)], values, inner));
                    return;
                case '=':
                    at++;
                    attributes[words.LastOrDefault() ?? ""] = Expression();
                    return;
                case '"':
                    words.Add(Quoted()[1..^1]);
                    break;
                default:
                    words.Add(Word());
                    break;
            }
        }
    }

    private string Word()
    {
        var from = at++;
        while (at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] is '_' or '-' or '.'))
            at++;
        return text[from..at];
    }

    /// <summary>Everything up to the line's end that is inside no bracket, without comments.</summary>
    private string Expression()
    {
        SkipBlanks();
        var written = new StringBuilder();
        var from = at;
        var depth = 0;
        while (at < text.Length && (depth > 0 || text[at] is not ('\n' or '\r' or '}')))
        {
            var before = at;
            if (Comment())
            {
                written.Append(text, from, before - from);
                from = at;
                continue;
            }

            switch (text[at])
            {
                case '"':
                    Quoted();
                    continue;
                case '<' when Heredoc():
                    continue;
                case '(' or '[' or '{':
                    depth++;
                    break;
                case ')' or ']' or '}':
                    depth--;
                    break;
            }

            at++;
        }

        return depth > 0 ? throw Open("bracket") : written.Append(text, from, at - from).ToString().Trim();
    }

    private string Quoted()
    {
        var from = at++;
        while (at < text.Length && text[at] != '"')
        {
            if (text[at] == '\\')
                at++;
            else if (text[at] is '$' or '%' && at + 1 < text.Length && text[at + 1] == '{' && text[at - 1] != text[at])
                Template();
            at++;
        }

        return at >= text.Length ? throw Open("string") : text[from..++at];
    }

    /// <summary>An interpolation: strings inside it may hold quotes of their own.</summary>
    private void Template()
    {
        at += 2;
        for (var depth = 1; at < text.Length; at++)
        {
            if (text[at] == '"')
            {
                Quoted();
                at--;
            }
            else if (text[at] == '{')
            {
                depth++;
            }
            else if (text[at] == '}' && --depth == 0)
            {
                return;
            }
        }
    }

    private bool Heredoc()
    {
        if (at + 2 >= text.Length || text[at + 1] != '<')
            return false;
        var from = at + 2 + (text[at + 2] == '-' ? 1 : 0);
        var line = text.IndexOf('\n', from);
        var word = line < 0 ? "" : text[from..line].Trim();
        if (word.Length == 0 || !word.All(c => char.IsLetterOrDigit(c) || c == '_'))
            return false;
        for (var next = line + 1; next < text.Length; next = line + 1)
        {
            line = text.IndexOf('\n', next);
            line = line < 0 ? text.Length : line;
            if (text[next..line].Trim() == word)
            {
                at = line;
                return true;
            }
        }

        throw Open("heredoc");
    }

    private void SkipSpace()
    {
        while (at < text.Length && (Comment() || char.IsWhiteSpace(text[at]) || text[at] == ','))
            at = at < text.Length && (char.IsWhiteSpace(text[at]) || text[at] == ',') ? at + 1 : at;
    }

    private void SkipBlanks()
    {
        while (at < text.Length && (text[at] is ' ' or '\t' || Comment()))
            at = at < text.Length && text[at] is ' ' or '\t' ? at + 1 : at;
    }

    /// <summary>Skips a comment that begins here; its line's end stays.</summary>
    private bool Comment()
    {
        if (at >= text.Length)
            return false;
        var two = at + 1 < text.Length ? text.Substring(at, 2) : "";
        if (text[at] != '#' && two is not "//" and not "/*")
            return false;
        var end = two == "/*" ? text.IndexOf("*/", at + 2, StringComparison.Ordinal) : text.IndexOf('\n', at);
        if (two == "/*" && end < 0)
            throw Open("comment");
        at = end < 0 ? text.Length : two == "/*" ? end + 2 : end;
        return true;
    }

    private int Line => text.AsSpan(0, Math.Min(at, text.Length)).Count('\n') + 1;

    private FormatException Open(string what) => new($"a {what} in line {Line} or before it has no end");
}

/// <summary>A block of a Terraform file.</summary>
/// <param name="Kind"><c>variable</c>, <c>output</c>, <c>resource</c> …</param>
/// <param name="Labels">What stands in quotes behind it.</param>
/// <param name="Attributes">Attributes directly in it, as written.</param>
/// <param name="Blocks">Blocks directly in it.</param>
internal sealed record HclBlock(string Kind, IReadOnlyList<string> Labels, IReadOnlyDictionary<string, string> Attributes, IReadOnlyList<HclBlock> Blocks);
