using Fabric.Workflows.Tenancy;

namespace Fabric.Workflows.Environments;

/// <summary>How an environment is, derived from its entities and the active run by <c>EnvironmentStatus</c>.</summary>
public enum EnvironmentState
{
    Draft,
    Provisioning,
    Ready,
    Updating,
    Degraded,
    Failed,
    Destroying,
    Destroyed,

    /// <summary>What Fabric made stands, and its owner goes on with it alone.</summary>
    HandedOver,
}

/// <summary>Predicates of the states.</summary>
public static class EnvironmentStates
{
    /// <summary>Over for good: no run ever changes it again, and its name is free.</summary>
    public static readonly EnvironmentState[] Over = [EnvironmentState.Destroyed, EnvironmentState.HandedOver];

    /// <summary>Whether it is over for good.</summary>
    public static bool IsOver(this EnvironmentState state) => Over.Contains(state);
}

/// <summary>One deployment of a blueprint version for a tenant: its desired side is a <see cref="Generation"/>.</summary>
public sealed record FabricEnvironment : ITenantOwned
{
    /// <summary>UUIDv7.</summary>
    public required Guid Id { get; init; }

    /// <inheritdoc/>
    public required string Tenant { get; init; }

    /// <summary>Slug, unique in the tenant.</summary>
    public required string Name { get; init; }

    /// <summary>Slug of the cell that holds the environment.</summary>
    public required string Cell { get; init; }

    /// <summary>Blueprint name; its version is the generation's.</summary>
    public required string Blueprint { get; init; }

    /// <summary><c>sandbox</c>, <c>aws</c>, <c>azure</c>, <c>google</c> or <c>kubernetes</c>; fixed at creation.</summary>
    public required string Cloud { get; init; }

    /// <summary>Region of the cloud; fixed at creation.</summary>
    public required string Region { get; init; }

    /// <summary>The connected account it is made in; null where the cloud needs none.</summary>
    public Guid? AccountId { get; init; }

    /// <summary>Derived state, written in the commit that causes it.</summary>
    public EnvironmentState State { get; init; } = EnvironmentState.Draft;

    /// <summary>Why it is so: a constant, or empty.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The same for people.</summary>
    public string Message { get; init; } = "";

    /// <summary>Number of the desired generation, from 1.</summary>
    public int Generation { get; init; } = 1;

    /// <summary>Number of the newest configuration revision, from 1; the value of <c>If-Match</c>.</summary>
    public int Revision { get; init; } = 1;

    /// <summary>The last generation that was deployed in full; 0 before the first.</summary>
    public int DeployedGeneration { get; init; }

    /// <summary>The changing run that is not over, if there is one.</summary>
    public Guid? ActiveRunId { get; init; }

    /// <summary>A changing run that waits for the active one to end.</summary>
    public Guid? PendingRunId { get; init; }

    /// <summary>Plans go on without a person where policy leaves it to the requester.</summary>
    public bool AutoApprove { get; init; }

    /// <summary>Raised by each take-over; a row written under an older one is refused.</summary>
    public long Epoch { get; init; }

    /// <summary>When the scanner must wake the owner, UTC; null when nothing waits.</summary>
    public DateTimeOffset? NextLookAt { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>UTC of the last change of any field.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>True for environments of the simulated cloud.</summary>
    public bool IsSimulated => Cloud == SandboxCloud;

    /// <summary>The simulated cloud.</summary>
    public const string SandboxCloud = "sandbox";
}
