using Fabric.Workflows.Tenancy;

namespace Fabric.Workflows.Runs;

/// <summary>One node's part of a run.</summary>
public sealed record Step : ITenantOwned
{
    /// <summary>The run.</summary>
    public required Guid RunId { get; init; }

    /// <summary>Node name; unique in the run.</summary>
    public required string Node { get; init; }

    /// <inheritdoc/>
    public required string Tenant { get; init; }

    /// <summary>The environment.</summary>
    public required Guid EnvironmentId { get; init; }

    /// <summary>Position in the order of execution, from 0.</summary>
    public required int Order { get; init; }

    /// <summary>What it stands for.</summary>
    public required StepKind Kind { get; init; }

    /// <summary>Entity type <c>name@version</c> it runs with; null for gates.</summary>
    public string? Type { get; init; }

    /// <summary>The executor that does the work: <c>sandbox</c>, <c>cluster</c>, <c>gate</c> …</summary>
    public required string Executor { get; init; }

    /// <summary>Steps that must let go before this one starts.</summary>
    public required IReadOnlyList<string> DependsOn { get; init; }

    /// <summary>Where it is.</summary>
    public StepState State { get; init; } = StepState.Blocked;

    /// <summary>1 at the first try; 0 before. A try begins with the real plan: one that cannot be made was a try too.</summary>
    public int Attempt { get; init; }

    /// <summary>The node is not executed; its outputs are adopted.</summary>
    public bool NoOp { get; init; }

    /// <summary>Deleting or replacing the entity always asks.</summary>
    public bool Protect { get; init; }

    /// <summary>Whose yes it waits for: of a gate always, of an entity when its real plan goes beyond what was approved.</summary>
    public string? ApprovalBy { get; init; }

    /// <summary>For gates: milliseconds that it may wait for a person; null for as long as any approval.</summary>
    public long? ApprovalWithin { get; init; }

    /// <summary>Hash of the step's own plan that a person approved; null when nobody was asked.</summary>
    public string? ApprovedHash { get; init; }

    /// <summary>What the plan does here.</summary>
    public PlanAction Action { get; init; } = PlanAction.KnownAfterApply;

    /// <summary>The plan in full; null until planned.</summary>
    public StepPlan? Plan { get; init; }

    /// <summary>Constant reason of the state, or empty.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The same for people.</summary>
    public string Message { get; init; } = "";

    /// <summary>Work done and in all, where the executor can count; 0 of 0 where it cannot.</summary>
    public int ProgressDone { get; init; }

    /// <summary>See <see cref="ProgressDone"/>.</summary>
    public int ProgressTotal { get; init; }

    /// <summary>When its owner must look again, UTC: back-off, poll, window, wait.</summary>
    public DateTimeOffset? NextLookAt { get; init; }

    /// <summary>When the attempt times out, UTC.</summary>
    public DateTimeOffset? DeadlineAt { get; init; }

    /// <summary>When the first attempt started, UTC; of what a person refused or let expire, when it was asked anew.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>UTC.</summary>
    public DateTimeOffset? EndedAt { get; init; }
}
