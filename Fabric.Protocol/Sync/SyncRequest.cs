namespace Fabric.Protocol.Sync;

/// <summary>What the agent has; held open by the server until there is something to bring down.</summary>
public sealed record SyncRequest
{
    public required Guid AgentId { get; init; }

    /// <summary>The last cursor received, 0 at first.</summary>
    public required long Cursor { get; init; }

    /// <summary><see cref="SyncDigest"/> of what the agent holds.</summary>
    public required string Digest { get; init; }

    /// <summary>The incarnation the agent accepts intents of.</summary>
    public required long Incarnation { get; init; }

    public required int ProtocolVersion { get; init; }

    /// <summary>Longest time the server may hold the request, in seconds; at most 50.</summary>
    public required int HoldSeconds { get; init; }

    /// <summary>Names of optional abilities; none in version 1.</summary>
    public IReadOnlyList<string> Capabilities { get; set; } = [];

    /// <summary>Asks for everything.</summary>
    public bool Full { get; init; }

    /// <summary>Proves that this agent may talk; answered at once and without effect.</summary>
    public bool Standby { get; init; }
}
