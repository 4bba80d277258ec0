using Fabric.Workflows.Tenancy;

namespace Fabric.Workflows.Executors.Terraform.Plans;

/// <summary>
/// A plan file with all that it is bound to. It is applied at most once: what uses it says so in a commit before Terraform starts, and
/// the file goes with that commit.
/// </summary>
public sealed record KeptPlan : ITenantOwned
{
    /// <summary>UUIDv7.</summary>
    public required Guid Id { get; init; }

    /// <inheritdoc/>
    public required string Tenant { get; init; }

    /// <summary>The environment.</summary>
    public required Guid EnvironmentId { get; init; }

    /// <summary>The entity: its workspace.</summary>
    public required Guid EntityId { get; init; }

    /// <summary>The run it was made for.</summary>
    public required Guid RunId { get; init; }

    /// <summary>Hash of what it does and of all that it is bound to; the step's plan carries the same.</summary>
    public required string Hash { get; init; }

    /// <summary>Hash over module, inputs, generation and backend address.</summary>
    public required string InputsHash { get; init; }

    /// <summary>Lineage of the state it was made on; empty when there was none.</summary>
    public required string Lineage { get; init; }

    /// <summary>Serial of that state; 0 when there was none.</summary>
    public required long Serial { get; init; }

    /// <summary>The environment's epoch when it was made.</summary>
    public required long Epoch { get; init; }

    /// <summary>True when nothing is left of the entity after it.</summary>
    public required bool EmptiesState { get; init; }

    /// <summary>The workspace with the plan file, sealed by the cell; null once it was used or is over.</summary>
    public byte[]? Sealed { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>The lease that applied it; null while nobody did.</summary>
    public Guid? UsedBy { get; init; }
}
