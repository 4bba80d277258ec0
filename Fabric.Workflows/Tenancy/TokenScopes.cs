namespace Fabric.Workflows.Tenancy;

/// <summary>What a token is for, beside its role: areas of the API, each to read or to write. To write includes to read.</summary>
public static class TokenScopes
{
    /// <summary>Areas of the API.</summary>
    public static IReadOnlyList<string> Areas { get; } = ["agents", "blueprints", "catalog", "clouds", "environments", "runs", "sandbox", "tokens"];

    /// <summary>What scopes look like, for messages.</summary>
    public static string Rule { get; } = $"an area and read or write, such as environments:read; areas are {string.Join(", ", Areas)}";

    /// <summary>Whether <paramref name="scope"/> is one.</summary>
    public static bool IsValid(string? scope) => scope?.Split(':') is [var area, "read" or "write"] && Areas.Contains(area);

    /// <summary>Whether scopes allow a call; none allow everything.</summary>
    public static bool Allow(IReadOnlyCollection<string> scopes, string area, bool write) =>
        scopes.Count == 0 || scopes.Contains($"{area}:write") || (!write && scopes.Contains($"{area}:read"));

    /// <summary>Whether everything that <paramref name="inner"/> allow is allowed by <paramref name="outer"/>.</summary>
    public static bool Cover(IReadOnlyCollection<string> outer, IReadOnlyCollection<string> inner) =>
        outer.Count == 0 || (inner.Count > 0 && inner.All(scope => scope.Split(':') is [var area, var verb] && Allow(outer, area, verb == "write")));
}
