using System.Text.Json;
using System.Text.Json.Nodes;

namespace Fabric.Workflows.Executors.Terraform.Policies;

/// <summary>Whether a value names everybody, in the ways in which the clouds write that.</summary>
internal static class Audience
{
    private static readonly string[] Everybody = ["*", "any", "Internet", "allUsers", "allAuthenticatedUsers"];

    /// <summary>An address, a range of addresses, or a member.</summary>
    public static bool? Anyone(JsonNode value) => value.ToString() is var text && (Everybody.Contains(text, StringComparer.OrdinalIgnoreCase) || text.EndsWith("/0", StringComparison.Ordinal));

    /// <summary>A text that names everybody among others.</summary>
    public static bool? Names(JsonNode value) => value.ToString() is var text && (text.Contains("allUsers", StringComparison.Ordinal) || text.Contains("allAuthenticatedUsers", StringComparison.Ordinal));

    /// <summary>Anything at all.</summary>
    public static bool? Present(JsonNode value) => true;

    /// <summary>One of these values.</summary>
    public static Func<JsonNode, bool?> Is(params string[] values) => value => values.Contains(Opening.Text(value), StringComparer.OrdinalIgnoreCase);

    /// <summary>An AWS policy one of whose statements allows something to everybody, under no condition.</summary>
    public static bool? Policy(JsonNode value)
    {
        try
        {
            return JsonNode.Parse(value.ToString())?["Statement"] switch
            {
                JsonArray statements => statements.Any(IsForAll),
                var one => IsForAll(one),
            };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }

    private static bool IsForAll(JsonNode? statement) =>
        statement?["Effect"]?.ToString() == "Allow" && statement["Condition"] is not JsonObject { Count: > 0 } && (statement["NotPrincipal"] is not null || IsStar(statement["Principal"]));

    private static bool IsStar(JsonNode? principal) => principal switch
    {
        JsonObject map => map.Any(entry => IsStar(entry.Value)),
        JsonArray list => list.Any(IsStar),
        _ => principal?.ToString() == "*",
    };
}
