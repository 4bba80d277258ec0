using System.Text.Json.Serialization;
using Fabric.Protocol.Crypto;

namespace Fabric.Agent.Connection;

/// <summary>The newest intent that came from the control plane for an entity: what a replayed older one is held against.</summary>
internal sealed record LedgerEntry(long Incarnation, long Generation, string ContentHash)
{
    /// <summary>A full sync did not mention it; it is left alone.</summary>
    public bool Unassigned { get; init; }
}

/// <summary>What an enrolled agent must not forget; immutable, kept in a Secret.</summary>
internal sealed record AgentState
{
    public required Guid AgentId { get; init; }
    public required string Cell { get; init; }
    public required string Url { get; init; }

    /// <summary>Hash of the token it enrolled with: another token means enrolling anew.</summary>
    public required string TokenHash { get; init; }

    /// <summary>The incarnation new intents must have.</summary>
    public required long Incarnation { get; init; }

    /// <summary>Incarnations whose intents, once accepted, stay in force.</summary>
    public IReadOnlyList<long> Accepted { get; set; } = [];

    public required IReadOnlyList<Jwk> CellKeys { get; init; }
    public long Cursor { get; init; }
    public Dictionary<Guid, LedgerEntry> Ledger { get; set; } = [];

    /// <summary>A copy with one entry more.</summary>
    public AgentState With(Guid entityId, LedgerEntry entry) =>
        this with { Ledger = new Dictionary<Guid, LedgerEntry>(Ledger) { [entityId] = entry } };
}

/// <summary>JSON of what the agent keeps for itself.</summary>
[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(AgentState))]
[JsonSerializable(typeof(Reconcile.IntentProgress))]
internal sealed partial class AgentJson : JsonSerializerContext;
