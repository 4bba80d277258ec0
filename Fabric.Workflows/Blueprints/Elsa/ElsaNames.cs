using System.Text;
using Fabric.Workflows.Blueprints.Editing;

namespace Fabric.Workflows.Blueprints.Elsa;

/// <summary>Names of nodes from ids of activities.</summary>
internal static class ElsaNames
{
    // Leaves room for the number that makes a name unique.
    private const int Longest = 34;

    public static bool IsName(string text) => Blueprints.Slug.IsValid(text) && !Blueprints.Slug.IsReserved(text);

    /// <summary>A free name for an activity whose id is none: made of what people call it.</summary>
    public static string For(ElsaActivity activity, Func<string, bool> taken) =>
        NodeNames.Free(Slug((activity.Fabric is null ? activity.Json.TextAt("name") : null) ?? activity.Id), taken);

    /// <summary><c>WriteLine1</c> becomes <c>write-line1</c>.</summary>
    public static string Slug(string text)
    {
        var slug = new StringBuilder();
        for (var i = 0; i < text.Length && slug.Length < Longest; i++)
        {
            var letter = char.ToLowerInvariant(text[i]);
            if (!char.IsAsciiLetterLower(letter) && !char.IsAsciiDigit(letter))
                letter = '-';
            if (letter != text[i] && letter != '-' && i > 0 && char.IsAsciiLetterLower(text[i - 1]))
                slug.Append('-');
            if (letter != '-' || (slug.Length > 0 && slug[^1] != '-'))
                slug.Append(letter);
        }

        var trimmed = slug.ToString().Trim('-');
        if (trimmed.Length == 0)
            return "activity";
        return char.IsAsciiDigit(trimmed[0]) ? $"activity-{trimmed}"[..Math.Min(Longest, 9 + trimmed.Length)].TrimEnd('-') : trimmed[..Math.Min(Longest, trimmed.Length)].TrimEnd('-');
    }
}
