using System.Text.RegularExpressions;

namespace Fabric.Workflows.Tenancy;

/// <summary>Names that stand in URLs and in Kubernetes.</summary>
public static partial class Slug
{
    /// <summary>What a slug looks like, for messages.</summary>
    public const string Rule = "1 to 40 lower-case letters, digits and hyphens, starting with a letter and not ending with a hyphen";

    /// <summary>Whether <paramref name="text"/> is a slug.</summary>
    public static bool IsValid(string? text) => text is not null && Pattern().IsMatch(text);

    [GeneratedRegex("^[a-z]([-a-z0-9]{0,38}[a-z0-9])?\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
