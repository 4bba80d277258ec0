namespace Fabric.Protocol.Reports;

/// <summary>News and heartbeat; at most <see cref="MaxReports"/> reports at a time.</summary>
public sealed record ReportRequest
{
    /// <summary>Largest batch.</summary>
    public const int MaxReports = 200;

    public required Guid AgentId { get; init; }

    /// <summary>The incarnation the agent lives in; reports are taken whatever it is.</summary>
    public required long Incarnation { get; init; }

    public required int ProtocolVersion { get; init; }
    public IReadOnlyList<Report> Reports { get; set; } = [];
    public required Heartbeat Heartbeat { get; init; }
}

/// <summary>The agent's own figures.</summary>
public sealed record Heartbeat
{
    public required string AgentVersion { get; init; }
    public required string KubernetesVersion { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Working set in bytes.</summary>
    public required long MemoryBytes { get; init; }

    /// <summary>Intents held.</summary>
    public required int Intents { get; init; }

    /// <summary>Reports waiting to be sent, before this request.</summary>
    public required int Queue { get; init; }
}

/// <summary>Everything in the request is stored.</summary>
public sealed record ReportReply
{
    /// <summary>UTC.</summary>
    public required DateTimeOffset ServerTime { get; init; }

    /// <summary>Seconds until the next heartbeat when there is no news.</summary>
    public double NextHeartbeatSeconds { get; set; } = 30;
}
