using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Fabric.Agent.Reconcile;

/// <summary>
/// Puts secret values into Secret objects, at apply and nowhere else. <c>stringData</c> becomes <c>data</c>, so that the fields we own are the
/// fields the cluster keeps and drift can be seen.
/// </summary>
internal static partial class SecretText
{
    /// <summary>The name that could not be unsealed, or null when <paramref name="secret"/> is complete.</summary>
    public static string? Fill(JsonObject secret, Func<string, string?> unseal)
    {
        var result = new JsonObject();
        foreach (var part in new[] { "data", "stringData" })
        {
            foreach (var (name, value) in secret[part] as JsonObject ?? [])
            {
                var text = value?.ToString() ?? "";
                if (part == "data" && !text.Contains("${", StringComparison.Ordinal))
                {
                    result[name] = text;
                    continue;
                }

                string? missing = null;
                var clear = Placeholder().Replace(text, m =>
                {
                    var found = unseal(m.Groups[1].Value);
                    if (found is null) missing = m.Groups[1].Value;
                    return found ?? "";
                });
                if (missing is not null) return missing;
                result[name] = Convert.ToBase64String(Encoding.UTF8.GetBytes(clear));
            }
        }

        secret.Remove("stringData");
        if (result.Count > 0) secret["data"] = result;
        return null;
    }

    [GeneratedRegex(@"\$\{secret\.([A-Za-z0-9_.-]+)\}")]
    private static partial Regex Placeholder();
}
