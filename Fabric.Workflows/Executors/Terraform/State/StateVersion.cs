using Fabric.Workflows.Tenancy;

namespace Fabric.Workflows.Executors.Terraform.State;

/// <summary>One state of a workspace as it was written. Its number is its place in line, so two writers can never both be next.</summary>
public sealed record StateVersion : ITenantOwned
{
    /// <summary>The entity: its workspace.</summary>
    public required Guid EntityId { get; init; }

    /// <summary>From 1, ascending; kept-aside ones are counted too.</summary>
    public required int Number { get; init; }

    /// <inheritdoc/>
    public required string Tenant { get; init; }

    /// <summary>The environment.</summary>
    public required Guid EnvironmentId { get; init; }

    /// <summary>Terraform's lineage.</summary>
    public required string Lineage { get; init; }

    /// <summary>Terraform's serial.</summary>
    public required long Serial { get; init; }

    /// <summary>SHA-256 of the text, hex.</summary>
    public required string Hash { get; init; }

    /// <summary>Bytes of the text.</summary>
    public required long Size { get; init; }

    /// <summary>Instances of managed resources in it.</summary>
    public required int Resources { get; init; }

    /// <summary>The run that wrote it; null for a person.</summary>
    public Guid? RunId { get; init; }

    /// <summary>Who wrote it: a person, or the run in words with who asked for it.</summary>
    public required string Writer { get; init; }

    /// <summary>Why, in a person's words; empty for a run's own.</summary>
    public string Reason { get; init; } = "";

    /// <summary>True for what came from a lease that had ended: kept for a person to look at, never in force.</summary>
    public bool Aside { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset At { get; init; }
}

/// <summary>The text of a state version, compressed and sealed by the cell.</summary>
public sealed record StateBody : ITenantOwned
{
    /// <summary>The entity.</summary>
    public required Guid EntityId { get; init; }

    /// <summary>Number of the version.</summary>
    public required int Number { get; init; }

    /// <inheritdoc/>
    public required string Tenant { get; init; }

    /// <summary>Sealed bytes.</summary>
    public required byte[] Sealed { get; init; }
}

/// <summary>Terraform's lock on a workspace, while it is held.</summary>
public sealed record StateLock : ITenantOwned
{
    /// <summary>The entity: one lock a workspace.</summary>
    public required Guid EntityId { get; init; }

    /// <inheritdoc/>
    public required string Tenant { get; init; }

    /// <summary>The environment.</summary>
    public required Guid EnvironmentId { get; init; }

    /// <summary>The id Terraform chose.</summary>
    public required string LockId { get; init; }

    /// <summary>The lease that holds it.</summary>
    public required Guid LeaseId { get; init; }

    /// <summary>The holder's details as Terraform gave them, JSON.</summary>
    public required string Info { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset At { get; init; }
}
