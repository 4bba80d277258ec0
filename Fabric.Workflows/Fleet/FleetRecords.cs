using System.Text.Json.Nodes;
using Fabric.Workflows.Tenancy;

namespace Fabric.Workflows.Fleet;

/// <summary>An enrolled agent: one cluster, one cell, many environments.</summary>
public sealed record AgentRecord : ITenantOwned
{
    /// <summary>UUIDv7.</summary>
    public required Guid Id { get; init; }

    /// <inheritdoc/>
    public required string Tenant { get; init; }

    /// <summary>Name for people: the cluster's.</summary>
    public required string Name { get; init; }

    /// <summary>UID of the cluster's kube-system namespace.</summary>
    public required string ClusterUid { get; init; }

    /// <summary>Public key (JWK) its assertions are signed with.</summary>
    public required string SigningKey { get; init; }

    /// <summary>Public key (JWK) secrets are sealed to.</summary>
    public required string SealingKey { get; init; }

    /// <summary>Version of the agent's program.</summary>
    public required string Version { get; init; }

    /// <summary>Version of Kubernetes it sees.</summary>
    public string KubernetesVersion { get; init; } = "";

    /// <summary>Incarnation of the cell it enrolled with.</summary>
    public long Incarnation { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset EnrolledAt { get; init; }

    /// <summary>UTC of the last sync, report or heartbeat.</summary>
    public DateTimeOffset? SeenAt { get; init; }

    /// <summary>UTC; null while it is trusted.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>Last heartbeat's figures, for the console.</summary>
    public JsonObject? Heartbeat { get; init; }
}

/// <summary>A one-time right to enrol one agent for one environment.</summary>
public sealed record Enrollment : ITenantOwned
{
    /// <summary>UUIDv7.</summary>
    public required Guid Id { get; init; }

    /// <inheritdoc/>
    public required string Tenant { get; init; }

    /// <summary>The environment the agent will serve first.</summary>
    public required Guid EnvironmentId { get; init; }

    /// <summary>SHA-256 of the token, hex. The token itself is shown once and never stored.</summary>
    public required string TokenHash { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>UTC; 15 minutes after creation.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The agent that used it; null until then.</summary>
    public Guid? AgentId { get; init; }

    /// <summary>Signing key that used it, so that a repeated call after a lost reply gets the same answer.</summary>
    public string? UsedBy { get; init; }

    /// <summary>The step whose cluster was given it through its own bootstrap, by its operation key; null for one that was shown to a person.</summary>
    public string? OperationKey { get; init; }

    /// <summary>The cloud's id of that bootstrap's run; null until it was started.</summary>
    public string? BootstrapRun { get; init; }

    /// <summary>Why it could not be started, as a sentence, or empty where the cluster has none; null where it could. Then the token was never shown.</summary>
    public string? BootstrapFault { get; init; }
}

/// <summary>Which agent serves an environment.</summary>
public sealed record AgentBinding : ITenantOwned
{
    /// <summary>The environment.</summary>
    public required Guid EnvironmentId { get; init; }

    /// <inheritdoc/>
    public required string Tenant { get; init; }

    /// <summary>The agent.</summary>
    public required Guid AgentId { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset BoundAt { get; init; }
}

/// <summary>What the agent says about an intent.</summary>
public enum IntentStatus
{
    Pending,
    Received,
    Applying,
    Healthy,
    Degraded,
    Failed,
    Removed,
    Refused,
    Unassigned,
}

/// <summary>Desired state of one entity for one agent; only the newest generation counts.</summary>
public sealed record Intent : ITenantOwned
{
    /// <summary>The entity; one intent each.</summary>
    public required Guid EntityId { get; init; }

    /// <inheritdoc/>
    public required string Tenant { get; init; }

    /// <summary>The environment.</summary>
    public required Guid EnvironmentId { get; init; }

    /// <summary>Node name.</summary>
    public required string Node { get; init; }

    /// <summary>The agent that served the environment when it was written. It goes to the one that serves it now.</summary>
    public required Guid AgentId { get; init; }

    /// <summary>Ascending per entity.</summary>
    public required long Generation { get; init; }

    /// <summary><c>apply</c>, <c>remove</c> or <c>operation</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Payload as JSON; secrets are references.</summary>
    public required string Payload { get; init; }

    /// <summary>SHA-256 of the payload, hex.</summary>
    public required string ContentHash { get; init; }

    /// <summary>The run and attempt that wrote it, so a look can tell its own work.</summary>
    public required string OperationKey { get; init; }

    /// <summary>Cursor: given at commit, ascending within the cell.</summary>
    public long Sequence { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>The newest thing an agent said about an intent. Written by the agent's side alone, as the intent is by the environment's.</summary>
public sealed record IntentReport : ITenantOwned
{
    /// <summary>The entity.</summary>
    public required Guid EntityId { get; init; }

    /// <inheritdoc/>
    public required string Tenant { get; init; }

    /// <summary>The environment.</summary>
    public required Guid EnvironmentId { get; init; }

    /// <summary>Node name.</summary>
    public required string Node { get; init; }

    /// <summary>The agent that said it.</summary>
    public required Guid AgentId { get; init; }

    /// <summary>Generation of the intent it is about.</summary>
    public required long Generation { get; init; }

    /// <summary>What it says.</summary>
    public required IntentStatus Status { get; init; }

    /// <summary>Constant reason, or empty.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The agent's sentence; Kubernetes' own message where it rejected something.</summary>
    public string Message { get; init; } = "";

    /// <summary>Waves done.</summary>
    public int WavesDone { get; init; }

    /// <summary>Waves in all.</summary>
    public int WavesTotal { get; init; }

    /// <summary>Objects, their health, and drift that was repaired; null when it said nothing of them.</summary>
    public JsonObject? Observed { get; init; }

    /// <summary>UTC, by the server's clock.</summary>
    public required DateTimeOffset ReportedAt { get; init; }
}
