namespace Fabric.Workflows.Clouds.Google;

/// <summary>
/// Tags as labels: Google takes lower-case letters, digits, hyphens and underscores, at most 63. Everything else becomes a hyphen, so
/// <c>fabric:entity</c> is <c>fabric-entity</c>; modules for Google label the same way.
/// </summary>
internal static class GoogleLabels
{
    private const int Longest = 63;

    public static string Of(string text)
    {
        var label = string.Concat(text.ToLowerInvariant().Select(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '_' ? letter : '-'));
        return label[..Math.Min(label.Length, Longest)];
    }
}
