using Fabric.Web.Live;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Runs;

namespace Fabric.Web.ConsoleView.Fleet;

/// <summary>One environment as the fleet's table reads it.</summary>
public sealed record FleetRow(EnvironmentLine Line, bool AgentAway)
{
    private static readonly TimeSpan AwayAfter = TimeSpan.FromSeconds(90);

    /// <summary>The environment.</summary>
    public FabricEnvironment Environment => Line.Environment;

    /// <summary>Failed or degraded.</summary>
    public bool IsUnwell => Environment.State is EnvironmentState.Failed or EnvironmentState.Degraded;

    /// <summary>Its run waits for a person.</summary>
    public bool IsWaiting => Line.ActiveRun is { State: RunState.AwaitingApproval or RunState.Paused } || Line.Waiting.Count > 0;

    /// <summary>What a search looks in.</summary>
    public string Words => $"{Environment.Tenant} {Environment.Name} {Environment.Blueprint} {Environment.Cloud} {Environment.Region} {Environment.Cell}";

    /// <summary>The agent in a few words; empty when none serves it.</summary>
    public string Agent => Line.AgentName is not { } name ? "" : AgentAway ? $"{name}, away" : name;

    /// <summary>Reads a line.</summary>
    public static FleetRow Of(EnvironmentLine line, DateTimeOffset now) =>
        new(line, line.AgentName is not null && (line.AgentSeenAt is not { } seen || now - seen > AwayAfter));

    /// <summary>Not well first, then what waits, then what runs, then by tenant and name.</summary>
    public static IReadOnlyList<FleetRow> InOrder(IEnumerable<FleetRow> rows) =>
    [
        .. rows.OrderByDescending(row => row.IsUnwell)
            .ThenByDescending(row => row.IsWaiting)
            .ThenByDescending(row => row.Line.ActiveRun is not null)
            .ThenBy(row => row.Environment.Tenant, StringComparer.Ordinal)
            .ThenBy(row => row.Environment.Name, StringComparer.Ordinal),
    ];
}
