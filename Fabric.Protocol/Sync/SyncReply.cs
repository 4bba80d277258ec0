using System.Text.Json.Serialization;
using Fabric.Protocol.Intents;

namespace Fabric.Protocol.Sync;

/// <summary>Whether a reply brings news or everything.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SyncKind>))]
public enum SyncKind
{
    /// <summary>What changed after the cursor sent.</summary>
    [JsonStringEnumMemberName("delta")] Delta,

    /// <summary>All intents assigned to the agent.</summary>
    [JsonStringEnumMemberName("full")] Full,
}

/// <summary>News for an agent. Cancels and keys are handled before intents.</summary>
public sealed record SyncReply
{
    /// <summary>To be sent with the next sync, once the intents are stored.</summary>
    public required long Cursor { get; init; }

    /// <summary>Seconds to wait before the next sync; the agent adds jitter.</summary>
    public required double NextDelaySeconds { get; init; }

    public required SyncKind Kind { get; init; }

    /// <summary>The cell's incarnation; when it is not the agent's, nothing else in the reply is acted on but the notice.</summary>
    public required long Incarnation { get; init; }

    /// <summary>The server's digest of what the agent should hold after this reply.</summary>
    public required string Digest { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset ServerTime { get; init; }

    public IReadOnlyList<SignedIntent> Intents { get; set; } = [];

    /// <summary>Compact JWS each, <see cref="MessageTypes.Cancel"/>.</summary>
    public IReadOnlyList<string> Cancels { get; set; } = [];

    /// <summary>New cell keys, each a compact JWS by a key trusted already, <see cref="MessageTypes.Key"/>.</summary>
    public IReadOnlyList<string> Keys { get; set; } = [];

    /// <summary>Compact JWS, <see cref="MessageTypes.Incarnation"/>; present once a person accepted a restored cell.</summary>
    public string? IncarnationNotice { get; init; }

    /// <summary>On a full sync: all entities assigned to the agent. Null on a delta.</summary>
    public IReadOnlyList<Guid>? Assigned { get; init; }
}
