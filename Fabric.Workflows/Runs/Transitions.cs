namespace Fabric.Workflows.Runs;

/// <summary>Somebody asked for a transition that the state does not allow.</summary>
public sealed class WrongStateException(string transition, string state, string allowed)
    : Exception($"{transition} is not possible in state {state}; it needs {allowed}.")
{
    /// <summary>The state the thing is in.</summary>
    public string State { get; } = state;
}

/// <summary>A named change of a step's state. Pages ask the same value whether a button is enabled.</summary>
/// <param name="Name">The verb.</param>
/// <param name="To">Destination.</param>
/// <param name="From">Sources.</param>
public sealed record StepTransition(string Name, StepState To, params StepState[] From)
{
    /// <summary>Whether the step is in one of the sources.</summary>
    public bool Allows(Step step) => Array.IndexOf(From, step.State) >= 0;

    /// <summary>The step after the transition.</summary>
    /// <exception cref="WrongStateException">The step is in no source of this transition.</exception>
    public Step Fire(Step step, DateTimeOffset now, string reason = "", string message = "")
    {
        if (!Allows(step))
            throw new WrongStateException($"{Name} of step {step.Node}", step.State.ToString(), string.Join(" or ", From));
        return step with
        {
            State = To,
            Reason = reason,
            Message = message,
            NextLookAt = null,
            DeadlineAt = To.IsTerminal() || To is StepState.Ready ? null : step.DeadlineAt,
            EndedAt = To.IsTerminal() ? now : null,
        };
    }
}

/// <summary>Every change of a step's state there is.</summary>
public static class StepTransitions
{
    /// <summary>All steps before it let go.</summary>
    public static readonly StepTransition Unblock = new("Unblock", StepState.Ready, StepState.Blocked);

    /// <summary>The real plan is being made.</summary>
    public static readonly StepTransition Plan = new("Plan", StepState.Planning, StepState.Ready);

    /// <summary>The real plan is known.</summary>
    public static readonly StepTransition Planned = new("Planned", StepState.Planned, StepState.Planning);

    /// <summary>A person must say yes first.</summary>
    public static readonly StepTransition Ask = new("Ask", StepState.AwaitingApproval, StepState.Planned, StepState.Ready);

    /// <summary>A person said yes to the step's plan.</summary>
    public static readonly StepTransition Approve = new("Approve", StepState.Ready, StepState.AwaitingApproval);

    /// <summary>Work starts outside.</summary>
    public static readonly StepTransition Start = new("Start", StepState.Applying, StepState.Planned, StepState.Ready);

    /// <summary>Done outside; its health is awaited.</summary>
    public static readonly StepTransition Verify = new("Verify", StepState.Verifying, StepState.Applying, StepState.Unknown);

    /// <summary>Done, and good.</summary>
    public static readonly StepTransition Succeed = new(
        "Succeed", StepState.Succeeded,
        StepState.Planned, StepState.Applying, StepState.Verifying, StepState.Unknown, StepState.AwaitingApproval);

    /// <summary>Tried again after a transient failure, or after a look that found nothing done.</summary>
    public static readonly StepTransition TryAgain = new(
        "TryAgain", StepState.Ready, StepState.Planning, StepState.Applying, StepState.Verifying, StepState.Unknown);

    /// <summary>The outcome was not seen.</summary>
    public static readonly StepTransition LoseSight = new("LoseSight", StepState.Unknown, StepState.Applying, StepState.Verifying, StepState.Unknown);

    /// <summary>A look found the work still going.</summary>
    public static readonly StepTransition Resume = new("Resume", StepState.Applying, StepState.Unknown);

    /// <summary>It will not succeed by itself.</summary>
    public static readonly StepTransition Fail = new(
        "Fail", StepState.Failed,
        StepState.Ready, StepState.Planning, StepState.Planned, StepState.AwaitingApproval, StepState.Applying, StepState.Verifying, StepState.Unknown);

    /// <summary>Not executed: a no-op node, or a person chose to go on without.</summary>
    public static readonly StepTransition Skip = new("Skip", StepState.Skipped, StepState.Ready, StepState.Failed);

    /// <summary>A person asks for another try.</summary>
    public static readonly StepTransition Retry = new("Retry", StepState.Ready, StepState.Failed);

    /// <summary>The run is being cancelled, and this step has nothing under way.</summary>
    public static readonly StepTransition Cancel = new(
        "Cancel", StepState.Cancelled,
        StepState.Blocked, StepState.Ready, StepState.Planning, StepState.Planned, StepState.AwaitingApproval, StepState.Verifying);

    /// <summary>All of them, for the table in the README and the test that compares the two.</summary>
    public static IReadOnlyList<StepTransition> All { get; } =
        [Unblock, Plan, Planned, Ask, Approve, Start, Verify, Succeed, TryAgain, LoseSight, Resume, Fail, Skip, Retry, Cancel];
}

/// <summary>A named change of a run's state.</summary>
/// <param name="Name">The verb.</param>
/// <param name="To">Destination.</param>
/// <param name="From">Sources.</param>
public sealed record RunTransition(string Name, RunState To, params RunState[] From)
{
    /// <summary>Whether the run is in one of the sources.</summary>
    public bool Allows(Run run) => Array.IndexOf(From, run.State) >= 0;

    /// <summary>The run after the transition.</summary>
    /// <exception cref="WrongStateException">The run is in no source of this transition.</exception>
    public Run Fire(Run run, DateTimeOffset now, string reason = "", string message = "")
    {
        if (!Allows(run))
            throw new WrongStateException($"{Name} of run {run.Number}", run.State.ToString(), string.Join(" or ", From));
        return run with
        {
            State = To,
            Reason = reason,
            Message = message,
            DeadlineAt = null,
            StartedAt = To is RunState.Running ? run.StartedAt ?? now : run.StartedAt,
            EndedAt = To.IsTerminal() ? now : null,
        };
    }
}

/// <summary>Every change of a run's state there is.</summary>
public static class RunTransitions
{
    /// <summary>Its turn has come.</summary>
    public static readonly RunTransition Plan = new("Plan", RunState.Planning, RunState.Pending);

    /// <summary>The plan needs a person's yes.</summary>
    public static readonly RunTransition Ask = new("Ask", RunState.AwaitingApproval, RunState.Planning);

    /// <summary>The plan was approved, or needs nobody.</summary>
    public static readonly RunTransition Start = new("Start", RunState.Running, RunState.Planning, RunState.AwaitingApproval);

    /// <summary>Nothing new starts until it is resumed.</summary>
    public static readonly RunTransition Pause = new("Pause", RunState.Paused, RunState.Running);

    /// <summary>Goes on.</summary>
    public static readonly RunTransition Resume = new("Resume", RunState.Running, RunState.Paused);

    /// <summary>Every step let go.</summary>
    public static readonly RunTransition Succeed = new("Succeed", RunState.Succeeded, RunState.Running, RunState.Paused);

    /// <summary>Nothing more can be done without a person.</summary>
    public static readonly RunTransition Fail = new(
        "Fail", RunState.Failed, RunState.Planning, RunState.AwaitingApproval, RunState.Running, RunState.Paused);

    /// <summary>Stopped at a safe point.</summary>
    public static readonly RunTransition Cancel = new(
        "Cancel", RunState.Cancelled, RunState.Pending, RunState.Planning, RunState.AwaitingApproval, RunState.Running, RunState.Paused);

    /// <summary>A newer generation took its place before anything was done.</summary>
    public static readonly RunTransition Supersede = new(
        "Supersede", RunState.Superseded, RunState.Pending, RunState.Planning, RunState.AwaitingApproval);

    /// <summary>A failed step is tried again or skipped.</summary>
    public static readonly RunTransition Reopen = new("Reopen", RunState.Running, RunState.Failed);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<RunTransition> All { get; } =
        [Plan, Ask, Start, Pause, Resume, Succeed, Fail, Cancel, Supersede, Reopen];
}
