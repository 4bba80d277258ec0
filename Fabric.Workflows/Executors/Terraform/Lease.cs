using Fabric.Workflows.Tenancy;

namespace Fabric.Workflows.Executors.Terraform;

/// <summary>What a Terraform process is for.</summary>
public enum LeaseKind
{
    /// <summary>Makes a plan.</summary>
    Plan,

    /// <summary>Applies a plan, a plan to destroy included.</summary>
    Apply,

    /// <summary>Compares what stands with the state.</summary>
    Check,

    /// <summary>Brings what a killed apply left behind into the state.</summary>
    Recover,
}

/// <summary>How the process that held a lease ended.</summary>
public enum LeaseResult
{
    /// <summary>It may live.</summary>
    Running,

    /// <summary>It did what it was for.</summary>
    Succeeded,

    /// <summary>It said itself that it failed; the state knows what it made.</summary>
    Failed,

    /// <summary>It was asked to stop and stopped at a safe point.</summary>
    Interrupted,

    /// <summary>It was killed, or could not write its state: what it did was looked into afterwards.</summary>
    Killed,

    /// <summary>The same, and something is left that a person must decide on.</summary>
    NeedsPerson,

    /// <summary>It never began.</summary>
    NeverBegan,
}

/// <summary>
/// The right to do one piece of work on a workspace, held by the process that does it. While a lease has no end, nobody else plans or
/// applies there: a server that comes back proves the process ended, or waits until lease and credentials have expired.
/// </summary>
public sealed record Lease : ITenantOwned
{
    /// <summary>UUIDv7; the user name towards the state service.</summary>
    public required Guid Id { get; init; }

    /// <inheritdoc/>
    public required string Tenant { get; init; }

    /// <summary>The environment.</summary>
    public required Guid EnvironmentId { get; init; }

    /// <summary>The entity: its workspace.</summary>
    public required Guid EntityId { get; init; }

    /// <summary>The run.</summary>
    public required Guid RunId { get; init; }

    /// <summary>Node name.</summary>
    public required string Node { get; init; }

    /// <summary>The step's attempt; 0 for the plan of a whole run.</summary>
    public required int Attempt { get; init; }

    /// <summary>What for.</summary>
    public required LeaseKind Kind { get; init; }

    /// <summary>The machine it runs on and that machine's start: after a restart no process of before it lives.</summary>
    public required string Machine { get; init; }

    /// <summary>The process's private directory on that machine.</summary>
    public required string Directory { get; init; }

    /// <summary>SHA-256 of the token that opens the state service, hex; the token is nowhere but in the process.</summary>
    public required string TokenHash { get; init; }

    /// <summary>The plan that is applied; null for any other kind.</summary>
    public Guid? PlanId { get; init; }

    /// <summary>True when the approved plan leaves nothing: only then an empty state is taken.</summary>
    public bool EmptiesState { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When the token ends unless the lease is renewed, UTC.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When the process was seen or proven to have ended, UTC; null while it may live.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>When the cloud credentials that it was given end, UTC; null when it was given none.</summary>
    public DateTimeOffset? CredentialsUntil { get; init; }

    /// <summary>Values that must not be told of it, sealed by the cell: whoever adopts the process takes them out of its log too.</summary>
    public byte[]? SealedSecrets { get; init; }

    /// <summary>Bytes of its log that were taken in.</summary>
    public long LogBytes { get; init; }

    /// <summary>How it ended.</summary>
    public LeaseResult Result { get; init; }

    /// <summary>The same for people; empty while it may live.</summary>
    public string Outcome { get; init; } = "";
}
