using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Fabric.Workflows.Clouds.Azure;

/// <summary>Actions of Azure's roles: a star stands for anything, and case does not count.</summary>
internal static class AzurePatterns
{
    /// <summary>Whether one of the patterns holds an action.</summary>
    public static bool Any(JsonNode? patterns, string action) =>
        (patterns as JsonArray ?? []).Any(pattern => pattern is not null && Holds(pattern.ToString(), action));

    private static bool Holds(string pattern, string action) => Regex.IsMatch(
        action, $"^{Regex.Escape(pattern).Replace(@"\*", ".*", StringComparison.Ordinal)}\\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
}
