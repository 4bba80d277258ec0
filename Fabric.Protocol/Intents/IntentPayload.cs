using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fabric.Protocol.Intents;

/// <summary>What an intent asks for.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<IntentKind>))]
public enum IntentKind
{
    /// <summary>Make the cluster look like <see cref="IntentPayload.Objects"/>.</summary>
    [JsonStringEnumMemberName("apply")] Apply,

    /// <summary>Take away everything the entity has in the cluster.</summary>
    [JsonStringEnumMemberName("remove")] Remove,

    /// <summary>Apply, then run <see cref="IntentPayload.Operation"/> once.</summary>
    [JsonStringEnumMemberName("operation")] Operation,
}

/// <summary>Desired state of one entity for one agent; signed by the cell. Only the newest generation counts.</summary>
public sealed record IntentPayload
{
    public required Guid AgentId { get; init; }
    public required string Cell { get; init; }
    public required long Incarnation { get; init; }
    public required string Tenant { get; init; }
    public required Guid EnvironmentId { get; init; }
    public required string EnvironmentName { get; init; }
    public required Guid EntityId { get; init; }

    /// <summary>Name of the node in the blueprint.</summary>
    public required string Node { get; init; }

    /// <summary>The environment's namespace; objects without one get it, objects in another are refused.</summary>
    public required string Namespace { get; init; }

    /// <summary>When set, the agent acts as this service account of <see cref="Namespace"/>.</summary>
    public string? ServiceAccount { get; init; }

    /// <summary>Ascending per entity within an incarnation.</summary>
    public required long Generation { get; init; }

    public required IntentKind Kind { get; init; }

    /// <summary>Kubernetes objects. Wave: annotation <see cref="IntentAnnotations.Wave"/>.</summary>
    public IReadOnlyList<JsonElement> Objects { get; set; } = [];

    /// <summary>Beyond the built-in rules for workloads.</summary>
    public IReadOnlyList<HealthRule> Health { get; set; } = [];

    /// <summary>Present when <see cref="Kind"/> is <see cref="IntentKind.Operation"/>.</summary>
    public OperationSpec? Operation { get; init; }

    /// <summary>Values read from the cluster once healthy.</summary>
    public IReadOnlyList<OutputRule> Outputs { get; set; } = [];

    /// <summary>Sealed values that Secret objects name as <c>${secret.name}</c>.</summary>
    public IReadOnlyList<SealedSecret> Secrets { get; set; } = [];

    /// <summary>Whether objects that left the manifest are deleted.</summary>
    public bool Prune { get; set; } = true;

    /// <summary>UTC.</summary>
    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary><see cref="IntentContent.Hash"/> of this payload.</summary>
    public required string ContentHash { get; init; }
}

/// <summary>An intent as it travels: compact JWS, <c>typ</c> <see cref="MessageTypes.Intent"/>.</summary>
/// <param name="Jws">RFC 7515 compact serialisation over <see cref="IntentPayload"/>.</param>
public sealed record SignedIntent(string Jws);
