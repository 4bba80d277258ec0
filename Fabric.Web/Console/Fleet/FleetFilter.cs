using Fabric.Web.Live;

namespace Fabric.Web.ConsoleView.Fleet;

/// <summary>Which environments the fleet shows, as it stands in the address: <c>?state=&amp;tenant=&amp;q=</c>.</summary>
/// <param name="State">A state, or <c>unwell</c>, <c>running</c>, <c>waiting</c>, <c>away</c>, <c>drifted</c>; null for all.</param>
/// <param name="Tenant">A tenant; null for all.</param>
/// <param name="Text">Words in tenant, name, blueprint, cloud, region or cell; null for all.</param>
public sealed record FleetFilter(string? State, string? Tenant, string? Text)
{
    /// <summary>States one can ask for beside the exact ones, with their words.</summary>
    public static IReadOnlyList<(string Value, string Title)> Groups { get; } =
        [("unwell", "Not well"), ("running", "Running"), ("waiting", "Waiting for a yes"), ("away", "Agent away"), ("drifted", "Drifted")];

    /// <summary>True when nothing is left out.</summary>
    public bool IsEmpty => State is null && Tenant is null && Text is null;

    /// <summary>The filter of an address; empty values mean all.</summary>
    public static FleetFilter Of(string? state, string? tenant, string? text) => new(Given(state), Given(tenant), Given(text));

    /// <summary>Whether a row is shown.</summary>
    public bool Matches(FleetRow row) =>
        MatchesState(row)
        && (Tenant is null || row.Environment.Tenant == Tenant)
        && (Text is null || Text.Split(' ', StringSplitOptions.RemoveEmptyEntries).All(word => row.Words.Contains(word, StringComparison.OrdinalIgnoreCase)));

    private bool MatchesState(FleetRow row) => State?.ToLowerInvariant() switch
    {
        null => true,
        "unwell" => row.IsUnwell,
        "running" => row.Line.ActiveRun is not null,
        "waiting" => row.IsWaiting,
        "away" => row.AgentAway,
        "drifted" => row.Line.Drifted > 0,
        var state => string.Equals(state, row.Environment.State.ToString(), StringComparison.OrdinalIgnoreCase),
    };

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
