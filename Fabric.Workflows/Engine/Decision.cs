using Fabric.Workflows.Runs;

namespace Fabric.Workflows.Engine;

/// <summary>What an executor is asked to do.</summary>
public enum WorkKind
{
    /// <summary>Make the step's real plan.</summary>
    Plan,

    /// <summary>Make the change.</summary>
    Apply,

    /// <summary>Find out how it stands.</summary>
    Look,

    /// <summary>Stop at a safe point.</summary>
    Cancel,
}

/// <summary>Work that starts after the decision is durable. The worker first checks that state and attempt still match.</summary>
public readonly record struct WorkOrder(WorkKind Kind, string Node, int Attempt);

/// <summary>What a piece of work ended with.</summary>
public readonly record struct WorkResult(WorkOrder Order, StepResult Result);

/// <summary>Something to be told in the journal.</summary>
public readonly record struct Notice(string Kind, string? Node, int Attempt, string Reason, string Message);

/// <summary>What the planner wants: the run as it will be, what changed, what to tell, and the work that follows.</summary>
/// <param name="After">The run after the decision.</param>
/// <param name="Changed">Steps that changed.</param>
/// <param name="RunChanged">Whether the run itself changed.</param>
/// <param name="Notices">Lines of the journal.</param>
/// <param name="Work">Work to start after the commit.</param>
/// <param name="NextLookAt">When to decide again even if nothing happens, UTC; null for never.</param>
/// <param name="Taken">Results that were taken in, by node; what came too late is not among them.</param>
public sealed record Decision(
    RunSnapshot After,
    IReadOnlyList<Step> Changed,
    bool RunChanged,
    IReadOnlyList<Notice> Notices,
    IReadOnlyList<WorkOrder> Work,
    DateTimeOffset? NextLookAt,
    IReadOnlyDictionary<string, StepResult> Taken)
{
    /// <summary>True when nothing changes and nothing is to be done.</summary>
    public bool IsEmpty => Changed.Count == 0 && !RunChanged && Work.Count == 0;
}
