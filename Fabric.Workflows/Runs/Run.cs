using Fabric.Workflows.Tenancy;

namespace Fabric.Workflows.Runs;

/// <summary>One execution on an environment.</summary>
public sealed record Run : ITenantOwned
{
    /// <summary>UUIDv7.</summary>
    public required Guid Id { get; init; }

    /// <inheritdoc/>
    public required string Tenant { get; init; }

    /// <summary>The environment.</summary>
    public required Guid EnvironmentId { get; init; }

    /// <summary>Number within the environment, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>What it does.</summary>
    public required RunKind Kind { get; init; }

    /// <summary>The generation it converges to.</summary>
    public required int Generation { get; init; }

    /// <summary>Blueprint version it runs; a run always shows its own.</summary>
    public required int BlueprintVersion { get; init; }

    /// <summary>For <see cref="RunKind.Action"/>: <c>node/operation</c>.</summary>
    public string? Operation { get; init; }

    /// <summary>Where it is.</summary>
    public RunState State { get; init; } = RunState.Pending;

    /// <summary>Constant reason of the state, or empty.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The same for people.</summary>
    public string Message { get; init; } = "";

    /// <summary>Hash of the plan, hex SHA-256; null until planned.</summary>
    public string? PlanHash { get; init; }

    /// <summary>Whose yes the plan needs: null, <c>vendor</c>, <c>customer</c> or <c>both</c>.</summary>
    public string? ApprovalBy { get; init; }

    /// <summary>When a waiting approval expires, UTC.</summary>
    public DateTimeOffset? DeadlineAt { get; init; }

    /// <summary>A person asked for it to stop; nothing new starts.</summary>
    public bool CancelRequested { get; init; }

    /// <summary>Steps in the run.</summary>
    public int StepsTotal { get; init; }

    /// <summary>Steps that are over.</summary>
    public int StepsDone { get; init; }

    /// <summary>Identifier of the actor who asked for it.</summary>
    public required string ActorId { get; init; }

    /// <summary>Name of that actor.</summary>
    public required string ActorName { get; init; }

    /// <summary>Why, in that actor's words; may be empty.</summary>
    public string Why { get; init; } = "";

    /// <summary>UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its first step started, UTC.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>UTC.</summary>
    public DateTimeOffset? EndedAt { get; init; }
}
