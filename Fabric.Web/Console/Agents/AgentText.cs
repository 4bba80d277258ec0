using System.Globalization;
using Fabric.Web.Live;

namespace Fabric.Web.ConsoleView.Agents;

/// <summary>Agents in words, in order, and by filter.</summary>
public static class AgentText
{
    /// <summary>Away first, then by tenant and name; revoked last.</summary>
    public static IReadOnlyList<AgentView> InOrder(IEnumerable<AgentView> agents) =>
    [
        .. agents.OrderBy(view => view.Agent.RevokedAt is not null)
            .ThenBy(view => view.Online)
            .ThenBy(view => view.Agent.Tenant, StringComparer.Ordinal)
            .ThenBy(view => view.Agent.Name, StringComparer.Ordinal),
    ];

    /// <summary>Whether an agent is shown.</summary>
    public static bool Matches(AgentView view, string? state, string? text) =>
        (state is not "away" || view is { Online: false, Agent.RevokedAt: null })
        && (string.IsNullOrWhiteSpace(text) || $"{view.Agent.Name} {view.Agent.Tenant}".Contains(text.Trim(), StringComparison.OrdinalIgnoreCase));

    /// <summary>Online, away or revoked: a state as chips know it.</summary>
    public static string Presence(AgentView view) => view.Agent.RevokedAt is not null ? "Revoked" : view.Online ? "Online" : "Away";

    /// <summary>How many environments it serves.</summary>
    public static string Serves(AgentView view) => view.EnvironmentIds.Count == 1 ? "1 environment" : $"{view.EnvironmentIds.Count} environments";

    /// <summary>Memory of its last heartbeat in MiB; empty when it said nothing.</summary>
    public static string Memory(AgentView view)
    {
        var said = view.Agent.Heartbeat?["memoryBytes"]?.ToString();
        return double.TryParse(said, NumberStyles.Float, CultureInfo.InvariantCulture, out var bytes)
            ? string.Create(CultureInfo.InvariantCulture, $"{bytes / (1024 * 1024):0} MiB")
            : "";
    }
}
