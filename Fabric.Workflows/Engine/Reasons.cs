namespace Fabric.Workflows.Engine;

/// <summary>Constants for the machine; the sentence beside them is for people.</summary>
public static class Reasons
{
    public const string NoOp = nameof(NoOp);
    public const string NothingToDo = nameof(NothingToDo);
    public const string PlanStale = nameof(PlanStale);
    public const string OutsideApproval = nameof(OutsideApproval);
    public const string ApprovalExpired = nameof(ApprovalExpired);
    public const string Rejected = nameof(Rejected);
    public const string RetriesExhausted = nameof(RetriesExhausted);
    public const string TimedOut = nameof(TimedOut);
    public const string OutcomeUnseen = nameof(OutcomeUnseen);
    public const string NotApplied = nameof(NotApplied);
    public const string ServerRestarted = nameof(ServerRestarted);
    public const string ExecutorFault = nameof(ExecutorFault);
    public const string ExecutorMissing = nameof(ExecutorMissing);
    public const string OperationMissing = nameof(OperationMissing);
    public const string StepFailed = nameof(StepFailed);
    public const string CancelledByPerson = nameof(CancelledByPerson);
    public const string NewerGeneration = nameof(NewerGeneration);
    public const string SkippedByPerson = nameof(SkippedByPerson);
    public const string PlanFailed = nameof(PlanFailed);
    public const string BindingUnresolved = nameof(BindingUnresolved);
    public const string AgentMissing = nameof(AgentMissing);
    public const string AgentOffline = nameof(AgentOffline);
    public const string AgentRefused = nameof(AgentRefused);
    public const string DriftRepaired = nameof(DriftRepaired);
    public const string Unhealthy = nameof(Unhealthy);
    public const string RemovalHeld = nameof(RemovalHeld);

    /// <summary>Terraform is not installed on the server, or too old.</summary>
    public const string TerraformMissing = nameof(TerraformMissing);

    /// <summary>Terraform said that it failed.</summary>
    public const string TerraformFailed = nameof(TerraformFailed);

    /// <summary>What a module gives is not what its type promises.</summary>
    public const string OutputsBroken = nameof(OutputsBroken);

    /// <summary>It was asked to stop and stopped at a safe point.</summary>
    public const string Interrupted = nameof(Interrupted);

    /// <summary>The work waits for a free place among those that may be under way at once.</summary>
    public const string WaitsForPlace = nameof(WaitsForPlace);

    /// <summary>Another piece of work on the same workspace has not ended.</summary>
    public const string WorkspaceBusy = nameof(WorkspaceBusy);

    /// <summary>A killed apply was looked into.</summary>
    public const string Recovered = nameof(Recovered);

    /// <summary>A killed apply left something that a person must decide on.</summary>
    public const string RecoveryNeedsPerson = nameof(RecoveryNeedsPerson);

    /// <summary>A rule forbids the plan.</summary>
    public const string PolicyDenied = nameof(PolicyDenied);

    /// <summary>The account of the environment cannot be used.</summary>
    public const string AccountUnusable = nameof(AccountUnusable);

    /// <summary>Something that Terraform does not know stands in a network that is to be destroyed.</summary>
    public const string LeftoversInNetwork = nameof(LeftoversInNetwork);
}
