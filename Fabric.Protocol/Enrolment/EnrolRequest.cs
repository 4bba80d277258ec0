using System.Text.Json.Serialization;
using Fabric.Protocol.Crypto;

namespace Fabric.Protocol.Enrolment;

/// <summary>How much of its cluster an agent may change.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AgentScope>))]
public enum AgentScope
{
    /// <summary>The whole cluster.</summary>
    [JsonStringEnumMemberName("cluster")] Cluster,

    /// <summary>Named namespaces only.</summary>
    [JsonStringEnumMemberName("namespaced")] Namespaced,
}

/// <summary>First words of an agent: a one-time token for an identity.</summary>
public sealed record EnrolRequest
{
    /// <summary>The one-time token, as the person got it.</summary>
    public required string Token { get; init; }

    /// <summary>UID of the cluster's <c>kube-system</c> namespace, or of the agent's own where that cannot be read.</summary>
    public required string ClusterUid { get; init; }

    /// <summary>Name for people.</summary>
    public required string ClusterName { get; init; }

    /// <summary>Version of the agent's program.</summary>
    public required string AgentVersion { get; init; }

    /// <summary><see cref="ProtocolVersion.Current"/> of the agent.</summary>
    public required int ProtocolVersion { get; init; }

    /// <summary>Public key its assertions are verified with (ES256).</summary>
    public required Jwk SigningKey { get; init; }

    /// <summary>Public key secrets are sealed to (ECDH-ES).</summary>
    public required Jwk SealingKey { get; init; }

    /// <summary>The cluster's version, such as <c>v1.33.2</c>.</summary>
    public required string KubernetesVersion { get; init; }

    /// <summary>What the manifest allowed.</summary>
    public required AgentScope Scope { get; init; }
}

/// <summary>The identity; the same for the same keys while the token lives.</summary>
public sealed record EnrolReply
{
    public required Guid AgentId { get; init; }

    /// <summary>Slug of the cell that serves this agent.</summary>
    public required string Cell { get; init; }

    /// <summary>The cell's incarnation.</summary>
    public required long Incarnation { get; init; }

    /// <summary>The cell's public signing keys; the agent trusts these from now on.</summary>
    public required IReadOnlyList<Jwk> CellKeys { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset ServerTime { get; init; }

    /// <summary>Seconds until the first sync.</summary>
    public double NextDelaySeconds { get; init; }
}
