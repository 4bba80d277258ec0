using System.Security.Cryptography;
using System.Text.Json;
using Fabric.Workflows.Runs;
using Fabric.Workflows.Tenancy;

namespace Fabric.Workflows.Executors.Terraform.Drift;

/// <summary>What became of a finding.</summary>
public enum DriftState
{
    /// <summary>Nobody decided.</summary>
    Open,

    /// <summary>A run brings back what was deployed.</summary>
    Reverting,

    /// <summary>It was taken into the configuration.</summary>
    Adopted,

    /// <summary>It is known and left until a date.</summary>
    Ignored,

    /// <summary>A later look found it gone.</summary>
    Gone,
}

/// <summary>A resource that stands otherwise than it was deployed.</summary>
public sealed record DriftFinding : ITenantOwned
{
    /// <summary>UUIDv7.</summary>
    public required Guid Id { get; init; }

    /// <inheritdoc/>
    public required string Tenant { get; init; }

    /// <summary>The environment.</summary>
    public required Guid EnvironmentId { get; init; }

    /// <summary>The entity.</summary>
    public required Guid EntityId { get; init; }

    /// <summary>Node name.</summary>
    public required string Node { get; init; }

    /// <summary>Terraform's address of the resource.</summary>
    public required string Address { get; init; }

    /// <summary>Terraform's type of it.</summary>
    public required string Type { get; init; }

    /// <summary>What happened to it outside.</summary>
    public required PlanAction Action { get; init; }

    /// <summary>Field diff: before is what was deployed, after is what stands.</summary>
    public required IReadOnlyList<FieldChange> Changes { get; init; }

    /// <summary>What became of it.</summary>
    public DriftState State { get; init; }

    /// <summary>For an ignored one: until when, UTC.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Why it was decided so, in a person's words; for one that is open again, why it is.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Who decided; empty while nobody did.</summary>
    public string DecidedBy { get; init; } = "";

    /// <summary>When it was found first, UTC.</summary>
    public required DateTimeOffset FoundAt { get; init; }

    /// <summary>When it was seen last, UTC.</summary>
    public required DateTimeOffset SeenAt { get; init; }

    /// <summary>Names what is shown to differ, so that a decision says what it was made on.</summary>
    public string Fingerprint()
    {
        var shown = Changes.Select(change => change.Sensitive ? change with { Before = null, After = null } : change);
        return Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new { Id, Action, Changes = shown })))[..16];
    }
}

/// <summary>An attribute whose difference is no finding: a default that a provider fills in, say.</summary>
public sealed record DriftMute : ITenantOwned
{
    /// <summary>UUIDv7.</summary>
    public required Guid Id { get; init; }

    /// <inheritdoc/>
    public required string Tenant { get; init; }

    /// <summary>The environment it holds in.</summary>
    public required Guid EnvironmentId { get; init; }

    /// <summary>Terraform's type of the resource.</summary>
    public required string Type { get; init; }

    /// <summary>Dotted path of the attribute; what is below it is muted too.</summary>
    public required string Path { get; init; }

    /// <summary>Why, in a person's words.</summary>
    public required string Reason { get; init; }

    /// <summary>Who muted it.</summary>
    public required string ActorName { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset At { get; init; }
}
