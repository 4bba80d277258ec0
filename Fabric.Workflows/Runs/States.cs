namespace Fabric.Workflows.Runs;

/// <summary>What a run does.</summary>
public enum RunKind
{
    /// <summary>Converge to a generation: provision, update and upgrade are the same thing.</summary>
    Apply,

    /// <summary>Remove everything Fabric made, in reverse order.</summary>
    Destroy,

    /// <summary>Look for drift; changes nothing.</summary>
    Check,

    /// <summary>One operation of an entity type.</summary>
    Action,

    /// <summary>Let go of everything as it stands: the customer goes on with it alone.</summary>
    HandOver,
}

/// <summary>Where a run is. The diagram stands in this folder's README.</summary>
public enum RunState
{
    Pending,
    Planning,
    AwaitingApproval,
    Running,
    Paused,
    Succeeded,
    Failed,
    Cancelled,
    Superseded,
}

/// <summary>Where a step is. The diagram stands in this folder's README.</summary>
public enum StepState
{
    Blocked,
    Ready,
    Planning,
    Planned,
    AwaitingApproval,
    Applying,
    Verifying,

    /// <summary>An apply whose outcome nobody saw; it is looked at and never blindly repeated.</summary>
    Unknown,
    Succeeded,
    Failed,
    Skipped,
    Cancelled,
}

/// <summary>What a step stands for.</summary>
public enum StepKind
{
    Entity,
    Approval,
    Wait,
    Window,
    Action,
}

/// <summary>What a plan does to one entity.</summary>
public enum PlanAction
{
    None,
    Create,
    Update,
    Replace,
    Delete,

    /// <summary>Depends on outputs that do not exist yet.</summary>
    KnownAfterApply,

    /// <summary>It stays as it is, and Fabric looks after it no more.</summary>
    HandOver,
}

/// <summary>Predicates of the states.</summary>
public static class States
{
    /// <summary>Whether the environment is over when such a run succeeds.</summary>
    public static bool EndsEnvironment(this RunKind kind) => kind is RunKind.Destroy or RunKind.HandOver;

    /// <summary>Over for good, unless a person retries or skips a failed step.</summary>
    public static bool IsTerminal(this RunState state) => state >= RunState.Succeeded;

    /// <summary>Over.</summary>
    public static bool IsTerminal(this StepState state) => state >= StepState.Succeeded;

    /// <summary>Lets the steps after it start.</summary>
    public static bool LetsGo(this StepState state) => state is StepState.Succeeded or StepState.Skipped;

    /// <summary>Whether a person may choose to go on without it. Never without somebody's yes: a gate opens by that alone.</summary>
    public static bool CanBeSkipped(this Step step) => step is { State: StepState.Failed, Kind: not StepKind.Approval };

    /// <summary>Work may be under way outside.</summary>
    public static bool IsInFlight(this StepState state) =>
        state is StepState.Planning or StepState.Applying or StepState.Verifying or StepState.Unknown;
}
