using Fabric.Workflows.Runs;
using Fabric.Workflows.Tenancy;

namespace Fabric.Workflows.Engine.Operations;

/// <summary>What a person can say about a step.</summary>
public enum StepVerb
{
    Approve,
    Reject,
    Retry,
    Skip,
}

/// <summary>A person's word on one step.</summary>
/// <param name="Actor">Who says it.</param>
/// <param name="RunId">The run.</param>
/// <param name="Node">The step.</param>
/// <param name="Verb">What is said.</param>
/// <param name="Message">In the actor's words; a skip needs a reason.</param>
public sealed record DecideStep(Actor Actor, Guid RunId, string Node, StepVerb Verb, string Message = "") : Operation(Actor)
{
    /// <inheritdoc/>
    public override Outcome<OperationDone> Execute(Turn turn)
    {
        var environment = turn.State.Environment;
        if (Guard.Right(Actor, RightFor(), environment) is { } forbidden)
            return forbidden;
        if (Guard.Standing(environment) is { } destroyed)
            return destroyed;
        if (Verb is StepVerb.Skip && string.IsNullOrWhiteSpace(Message))
            return new OperationFault(FaultKind.Invalid, "ReasonMissing", "A skip needs a reason.", "message");
        if (!turn.State.Runs.TryGetValue(RunId, out var run))
            return new OperationFault(FaultKind.WrongState, "WrongState", "The run is over.");
        if (run.Find(Node) is not { } step)
            return Guard.NotFound("step", Node);
        if (run.Run.State is RunState.Failed && environment.ActiveRunId is { } other && other != RunId)
            return new OperationFault(FaultKind.WrongState, "WrongState", $"Run {run.Run.Number} is Failed and a newer run is going.");
        if (Verb is StepVerb.Skip && step is { State: StepState.Failed } && !step.CanBeSkipped())
            return new OperationFault(FaultKind.WrongState, "WrongState", $"Step {Node} is Failed and an approval gate: nothing passes it but the yes it asks for. Retry it to ask anew.");
        return Verb is StepVerb.Approve or StepVerb.Reject ? Judge(turn, run, step) : Act(turn, run);
    }

    private Right RightFor() => Verb switch
    {
        StepVerb.Approve or StepVerb.Reject => Right.Approve,
        StepVerb.Skip => Right.Operate,
        _ => Right.Change,
    };

    private Outcome<OperationDone> Judge(Turn turn, RunSnapshot run, Step step)
    {
        if (step.State is not StepState.AwaitingApproval)
            return new OperationFault(FaultKind.WrongState, "WrongState", $"Step {Node} is {step.State}; it waits for nobody's yes.");
        if (Guard.Word(Actor, run.Run, $"Step {Node}", step.ApprovalBy, Verb is StepVerb.Reject || turn.Rules.Approvals.OwnRuns) is { } wrong)
            return wrong;
        var hash = step.Plan?.InputsHash ?? $"{RunId:N}/{Node}";
        turn.AddApproval(Actor, RunId, Node, hash, Verb is StepVerb.Approve, Message);
        var given = GivenApprovals.Of(turn.State.Approvals, RunId, Node, hash, step.StartedAt);
        if (Verb is StepVerb.Reject || given.Covers(step.ApprovalBy))
            return Act(turn, run);
        Note(turn, step);
        return new OperationDone(run.Run, step);
    }

    private Outcome<OperationDone> Act(Turn turn, RunSnapshot run)
    {
        var kind = Verb switch
        {
            StepVerb.Approve => ActKind.ApproveStep,
            StepVerb.Reject => ActKind.RejectStep,
            StepVerb.Retry => ActKind.RetryStep,
            _ => ActKind.SkipStep,
        };
        var decision = Planner.Act(run, new PersonAct(kind, Actor.Name, Node, Message), turn.Now, turn.Rules);
        Note(turn, run.Find(Node)!);
        if (run.Run.State is RunState.Failed && run.Run.Kind is not RunKind.Check)
            turn.Change(environment => environment with { ActiveRunId = RunId });
        turn.Take(decision);
        return new OperationDone(decision.After.Run, decision.After.Find(Node)!);
    }

    private void Note(Turn turn, Step step) => turn.Audit(
        Actor, $"step.{Verb.ToString().ToLowerInvariant()}", $"run/{RunId}/{Node}", $"{Verb} step {step.Node} of {turn.State.Environment.Name}. {Message}".TrimEnd());
}
