using Fabric.Workflows.Tenancy;

namespace Fabric.Workflows.Secrets;

/// <summary>A secret at rest, sealed by the cell's data key. Configuration names it; only its use opens it.</summary>
public sealed record SecretRecord : ITenantOwned
{
    /// <inheritdoc/>
    public required string Tenant { get; init; }

    /// <summary>The environment it belongs to; <see cref="Guid.Empty"/> for one of the whole tenant.</summary>
    public required Guid EnvironmentId { get; init; }

    /// <summary>Name in <c>${secret.name}</c>.</summary>
    public required string Name { get; init; }

    /// <summary>From 1, raised by each change.</summary>
    public required int Version { get; init; }

    /// <summary>Sealed value.</summary>
    public required byte[] Sealed { get; init; }

    /// <summary>UTC of the last change.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Identifier of the actor who changed it last.</summary>
    public required string ActorId { get; init; }
}
