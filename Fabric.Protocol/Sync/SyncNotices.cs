using Fabric.Protocol.Crypto;

namespace Fabric.Protocol.Sync;

/// <summary>Payload of a cancel: no further wave or step of this generation starts.</summary>
public sealed record CancelPayload
{
    public required Guid AgentId { get; init; }
    public required string Cell { get; init; }
    public required long Incarnation { get; init; }
    public required Guid EntityId { get; init; }
    public required long Generation { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset IssuedAt { get; init; }
}

/// <summary>Payload of a key rotation: a new key of the cell, vouched for by an old one.</summary>
public sealed record CellKeyPayload
{
    public required string Cell { get; init; }
    public required Jwk Key { get; init; }

    /// <summary>Names of keys to trust no longer.</summary>
    public IReadOnlyList<string> Retired { get; set; } = [];

    /// <summary>UTC.</summary>
    public required DateTimeOffset IssuedAt { get; init; }
}

/// <summary>Payload of the notice that a person accepted a restored cell.</summary>
public sealed record IncarnationPayload
{
    public required Guid AgentId { get; init; }
    public required string Cell { get; init; }

    /// <summary>The incarnation the agent is leaving.</summary>
    public required long Previous { get; init; }

    /// <summary>The incarnation it accepts from now on; higher.</summary>
    public required long Current { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset IssuedAt { get; init; }
}
