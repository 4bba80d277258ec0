using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Fabric.Workflows.Blueprints;

/// <summary>What a schema can ask of text: length, pattern and format.</summary>
internal static partial class SchemaText
{
    private static readonly ConcurrentDictionary<string, Regex?> Patterns = new(StringComparer.Ordinal);

    private static readonly Dictionary<string, (Func<string, bool> Fits, string Example)> Known = new(StringComparer.Ordinal)
    {
        ["cidr"] = (t => IPNetwork.TryParse(t, out _), "an address range like 10.20.0.0/16"),
        ["uri"] = (t => Uri.TryCreate(t, UriKind.Absolute, out _), "an absolute address like https://example.com"),
        ["email"] = (t => Email().IsMatch(t), "an e-mail address like ops@example.com"),
        ["hostname"] = (t => HostName().IsMatch(t), "a host name like pinot.example.com"),
        ["duration"] = (t => Durations.TryParse(t, out _), "a duration like 90s, 10m or 1h30m"),
        ["quantity"] = (t => Quantity().IsMatch(t), "a Kubernetes quantity like 500m, 4Gi or 2"),
        ["slug"] = (Slug.IsValid, $"a name of {Slug.Rule}"),
        ["cron"] = (t => Cronos.CronExpression.TryParse(t, out _), "a cron expression of five fields like 0 3 * * 6"),
        ["date-time"] = (t => DateTimeOffset.TryParse(t, System.Globalization.CultureInfo.InvariantCulture, out _), "a time like 2030-01-31T12:00:00Z"),
        ["password"] = (_ => true, ""),
        ["multiline"] = (_ => true, ""),
    };

    public static IEnumerable<string> Formats => Known.Keys;

    /// <summary>Compiled once per pattern; null when the pattern is no regular expression that runs in linear time.</summary>
    public static Regex? Pattern(string pattern) => Patterns.GetOrAdd(pattern, static p =>
    {
        try
        {
            // Linear time: a pattern comes from a file, the text from anybody.
            return new Regex(p, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    });

    public static IEnumerable<string> Check(string text, JsonObject schema)
    {
        if (SchemaWalk.Limit(schema, "minLength") is { } min && text.Length < min)
            yield return min == 1 ? "must not be empty" : $"needs at least {min} characters, not {text.Length}";
        if (SchemaWalk.Limit(schema, "maxLength") is { } max && text.Length > max)
            yield return $"may have at most {max} characters, not {text.Length}";
        if (schema["pattern"]?.ToString() is { } pattern && Pattern(pattern)?.IsMatch(text) == false)
            yield return $"must match {pattern}, which '{(text.Length <= 60 ? text : text[..60] + "…")}' does not";
        if (schema["format"]?.ToString() is { } format && Known.TryGetValue(format, out var known) && !known.Fits(text))
            yield return $"must be {known.Example}, not '{(text.Length <= 60 ? text : text[..60] + "…")}'";
    }

    [GeneratedRegex(@"^[^@\s]{1,64}@[^@\s]{1,190}\z")]
    private static partial Regex Email();

    [GeneratedRegex(@"^(?=.{1,253}\z)([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)(\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)*\z", RegexOptions.ExplicitCapture)]
    private static partial Regex HostName();

    [GeneratedRegex(@"^[0-9]+(\.[0-9]+)?(m|k|Ki|M|Mi|G|Gi|T|Ti|P|Pi)?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Quantity();
}
