using Fabric.Workflows.Runs;
using Fabric.Workflows.Tenancy;

namespace Fabric.Workflows.Engine.Operations;

/// <summary>What a person can say about a run.</summary>
public enum RunVerb
{
    Approve,
    Reject,
    Cancel,
    Pause,
    Resume,
}

/// <summary>A person's word on a run.</summary>
/// <param name="Actor">Who says it.</param>
/// <param name="RunId">The run.</param>
/// <param name="Verb">What is said.</param>
/// <param name="PlanHash">For an approval: the plan that was looked at.</param>
/// <param name="Message">In the actor's words.</param>
public sealed record DecideRun(Actor Actor, Guid RunId, RunVerb Verb, string? PlanHash = null, string Message = "")
    : Operation(Actor)
{
    /// <inheritdoc/>
    public override Outcome<OperationDone> Execute(Turn turn)
    {
        var environment = turn.State.Environment;
        var right = Verb is RunVerb.Approve or RunVerb.Reject ? Right.Approve : Right.Change;
        if (Guard.Right(Actor, right, environment) is { } forbidden)
            return forbidden;
        if (turn.State.Pending is { } pending && pending.Id == RunId)
            return CancelPending(turn, pending);
        if (!turn.State.Runs.TryGetValue(RunId, out var run))
            return new OperationFault(FaultKind.WrongState, "WrongState", "The run is over.");
        return Verb switch
        {
            RunVerb.Approve => Approve(turn, run),
            RunVerb.Reject => Reject(turn, run),
            _ => Act(turn, run),
        };
    }

    private Outcome<OperationDone> CancelPending(Turn turn, Run pending)
    {
        if (Verb is not RunVerb.Cancel)
            return new OperationFault(FaultKind.WrongState, "WrongState", $"Run {pending.Number} is Pending: it waits for another run to end.");
        var over = RunTransitions.Cancel.Fire(pending, turn.Now, Reasons.CancelledByPerson, $"Cancelled by {Actor.Name} before it began.");
        turn.State.Pending = null;
        turn.PutRun(over);
        turn.Change(environment => environment with { PendingRunId = null });
        turn.Tell(over, new Notice("RunCancelled", null, 0, over.Reason, over.Message), Actor.Name);
        Audit(turn, over);
        return new OperationDone(over);
    }

    private Outcome<OperationDone> Act(Turn turn, RunSnapshot run)
    {
        var kind = Verb switch { RunVerb.Cancel => ActKind.Cancel, RunVerb.Pause => ActKind.Pause, _ => ActKind.Resume };
        turn.Take(Planner.Act(run, new PersonAct(kind, Actor.Name, Words: Message), turn.Now, turn.Rules));
        Audit(turn, run.Run);
        return new OperationDone(turn.RunOf(RunId));
    }

    private Outcome<OperationDone> Reject(Turn turn, RunSnapshot run)
    {
        if (run.Run.State is not RunState.AwaitingApproval)
            return new OperationFault(FaultKind.WrongState, "WrongState", $"Run {run.Run.Number} is {run.Run.State}; only a run that is AwaitingApproval can be rejected.");
        if (Guard.Word(Actor, run.Run, $"Run {run.Run.Number}", run.Run.ApprovalBy, own: true) is { } wrong)
            return wrong;
        turn.AddApproval(Actor, RunId, null, run.Run.PlanHash!, approved: false, Message);
        turn.Take(Planner.Act(run, new PersonAct(ActKind.Cancel, Actor.Name, Words: Message), turn.Now, turn.Rules));
        Audit(turn, run.Run);
        return new OperationDone(turn.RunOf(RunId));
    }

    private Outcome<OperationDone> Approve(Turn turn, RunSnapshot run)
    {
        if (run.Run.State is not RunState.AwaitingApproval)
            return new OperationFault(FaultKind.WrongState, "WrongState", $"Run {run.Run.Number} is {run.Run.State}; it waits for nobody's yes.");
        if (PlanHash != run.Run.PlanHash)
            return new OperationFault(FaultKind.PreconditionFailed, Reasons.PlanStale, $"The plan to approve is {run.Run.PlanHash}: look at it again.", "planHash");
        if (Guard.Word(Actor, run.Run, $"Run {run.Run.Number}", run.Run.ApprovalBy, turn.Rules.Approvals.OwnRuns) is { } wrong)
            return wrong;
        var given = turn.AddApproval(Actor, RunId, null, run.Run.PlanHash!, approved: true, Message);
        Audit(turn, run.Run);
        turn.Tell(run.Run, new Notice("RunApproved", null, 0, "", $"Approved by {Actor.Name}."), Actor.Name);
        if (!given.Covers(run.Run.ApprovalBy))
            return new OperationDone(run.Run);
        RunPlanning.Start(turn, run.Run, run.Steps);
        return new OperationDone(turn.RunOf(RunId));
    }

    private void Audit(Turn turn, Run run) => turn.Audit(
        Actor, $"run.{Verb.ToString().ToLowerInvariant()}", $"run/{RunId}", $"{Verb} run {run.Number} of {turn.State.Environment.Name}. {Message}".TrimEnd());
}
