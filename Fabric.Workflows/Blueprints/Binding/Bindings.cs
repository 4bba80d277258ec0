using System.Text.Json.Nodes;

namespace Fabric.Workflows.Blueprints;

/// <summary>
/// Evaluates <c>${...}</c> on the parsed tree, so a value can never become structure: whatever a value contains, it stays
/// the one string, number, list or object it was, and nothing in it is evaluated again.
/// </summary>
/// <remarks>
/// A string that is one reference takes the value with its type; a reference inside a longer string is written into it;
/// <c>$${</c> is the two characters. <c>${secret.name}</c> stays as written: a secret is a reference until it is sealed.
/// A map with <c>$if</c> is kept only when the condition holds (or, with <c>$is</c>, equals); a map with <c>$each</c> stands
/// once per item, under the name in <c>$as</c> (default <c>item</c>). <c>$value</c> (and <c>$else</c>) stand for the map itself.
/// </remarks>
public static class Bindings
{
    /// <summary>Evaluates a template; <paramref name="template"/> is not changed.</summary>
    /// <param name="template">Any JSON; null gives null.</param>
    /// <param name="resolve">Root and path to a value; called once per reference, never for secrets or loop variables.</param>
    public static BindingResult Resolve(JsonNode? template, Func<string, string[], Lookup> resolve)
    {
        var evaluation = new Evaluation(resolve);
        var value = evaluation.Value(template, "");
        return new BindingResult(value, evaluation.Unknown, evaluation.Errors);
    }

    /// <summary>Every reference in a template, in reading order, loop variables included.</summary>
    public static IEnumerable<BindingRef> References(JsonNode? template) => References(template, "");

    /// <summary>Whether a string is one secret reference and nothing else.</summary>
    public static bool IsSecretReference(string? text) => text is not null && BindingText.Parse(text).Whole is { IsSecret: true };

    /// <summary>The names of the secrets a resolved tree refers to, each once, sorted.</summary>
    public static IReadOnlyList<string> Secrets(JsonNode? value) =>
        [.. References(value).Where(r => r.IsSecret && r.Path.Count > 0).Select(r => string.Join('.', r.Path)).Distinct().Order(StringComparer.Ordinal)];

    private static IEnumerable<BindingRef> References(JsonNode? template, string where)
    {
        switch (template)
        {
            case JsonObject map:
                return map.SelectMany(p => References(p.Value, Join(where, p.Key)));
            case JsonArray list:
                return list.SelectMany((item, i) => References(item, Join(where, i.ToString(System.Globalization.CultureInfo.InvariantCulture))));
            case JsonValue v when v.TryGetValue<string>(out var text) && text.Contains("${", StringComparison.Ordinal):
                return BindingText.Parse(text, where).Pieces.Where(p => p.Reference is not null).Select(p => p.Reference!);
            default:
                return [];
        }
    }

    internal static string Join(string where, string name) => where.Length == 0 ? name : $"{where}.{name}";
}
