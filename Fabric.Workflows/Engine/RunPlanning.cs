using Fabric.Workflows.Executors;
using Fabric.Workflows.Runs;

namespace Fabric.Workflows.Engine;

/// <summary>Turns a pending run into a planned one. What is downstream of something that does not exist yet is known after apply.</summary>
public static class RunPlanning
{
    /// <summary>Starts the run that waits, when nothing else changes the environment.</summary>
    public static void StartPending(Turn turn, EngineHost host)
    {
        if (turn.State.Pending is not { } pending || turn.State.Environment.ActiveRunId is not null)
            return;
        turn.State.Pending = null;
        foreach (var over in turn.State.Runs.Values.Where(run => run.Run.State.IsTerminal()).ToList())
            turn.State.Runs.Remove(over.Run.Id);
        turn.Change(environment => environment with { ActiveRunId = pending.Id, PendingRunId = null });
        Plan(turn, host, RunTransitions.Plan.Fire(pending, turn.Now));
    }

    /// <summary>Plans a run that is in <see cref="RunState.Planning"/>, and starts it or asks.</summary>
    public static void Plan(Turn turn, EngineHost host, Run run)
    {
        var desired = turn.State.Desired[run.Generation];
        var outside = turn.State.PlansOutside.TryGetValue(run.Id, out var begun) ? begun : turn.State.PlansOutside[run.Id] = new PlansOutside();
        outside.Begin();
        var planned = run.Kind switch
        {
            RunKind.Apply => Preview(EntitiesToBe.In(turn.State, desired, turn.Now), host.FindExecutor, run, desired, outside),
            RunKind.Destroy => Preview(turn.State, host.FindExecutor, run, desired, outside),
            _ => RunBuilder.Steps(run, turn.State.Environment, desired, turn.State.Entities),
        };
        if (outside.Waits)
        {
            turn.TakeSteps(run, planned);
            turn.Plannings.AddRange(outside.Wanted);
            return;
        }

        turn.State.PlansOutside.Remove(run.Id);
        End(turn, run, planned);
    }

    /// <summary>A plan that was made outside has come, or failed: the run goes on being planned, or ends.</summary>
    public static void Take(Turn turn, EngineHost host, Run run, string node, StepResult result)
    {
        if (!turn.State.PlansOutside.TryGetValue(run.Id, out var outside))
            return;
        var failure = outside.Take(node, result);
        // What a rule forbids stays forbidden; what cannot be reached holds up no other part of a destroy.
        if (failure is not null && (run.Kind is not RunKind.Destroy || result.Reason == Reasons.PolicyDenied))
        {
            turn.State.PlansOutside.Remove(run.Id);
            turn.Take(Planner.Fail(turn.State.Runs[run.Id], node, result.Reason, failure, turn.Now, turn.Rules));
        }
        else if (outside.Has(node))
        {
            if (failure is not null)
                turn.Tell(run, new Notice("StepPlanFailed", node, 0, result.Reason, failure));
            Plan(turn, host, run);
        }
        else
        {
            Postpone(turn, run, node, result);
        }
    }

    /// <summary>The time has come to ask again for what could not be planned at once.</summary>
    public static void LookAgain(Turn turn, EngineHost host, Run run)
    {
        if (turn.State.NextLooks.GetValueOrDefault(run.Id) <= turn.Now)
        {
            turn.State.NextLooks[run.Id] = null;
            Plan(turn, host, run);
        }
    }

    private static void Postpone(Turn turn, Run run, string node, StepResult result)
    {
        var wait = result.Kind is StepResultKind.InProgress ? result.LookAgainAfter : turn.Rules.First;
        // Of several that wait, the one that is to be asked again first.
        var next = turn.Now + (wait > TimeSpan.Zero ? wait : TimeSpan.FromSeconds(1));
        turn.State.NextLooks[run.Id] = turn.State.NextLooks.GetValueOrDefault(run.Id) is { } sooner && sooner > turn.Now && sooner < next ? sooner : next;
        if (result.Message == run.Message)
            return;
        run = run with { Reason = result.Reason, Message = result.Message };
        turn.TakeSteps(run, turn.State.Runs[run.Id].Steps);
        turn.Tell(run, new Notice("RunPlanning", node, 0, result.Reason, result.Message));
    }

    /// <summary>Every step has its plan, as far as it can be known.</summary>
    private static void End(Turn turn, Run run, IReadOnlyList<Step> planned)
    {
        run = run with { Reason = "", Message = "" };
        var approvalBy = ApprovalRules.RequiredBy(turn.Rules.Approvals, turn.State.Environment, planned);
        run = run with { PlanHash = ApprovalRules.Hash(run, planned), StepsTotal = planned.Count, StepsDone = 0, ApprovalBy = approvalBy };
        turn.Tell(run, new Notice("RunPlanned", null, 0, "", Summary(planned)));
        if (approvalBy is null)
        {
            Start(turn, run, planned);
            return;
        }

        run = RunTransitions.Ask.Fire(run, turn.Now, "", "Waits for a person's yes to its plan.") with { DeadlineAt = turn.Now + turn.Rules.ApprovalTimeout };
        turn.TakeSteps(run, planned);
        turn.Tell(run, new Notice("RunAwaitingApproval", null, 0, "", $"The plan waits for {(approvalBy is ApprovalPolicy.Both ? "the vendor's yes and the customer's" : $"the {approvalBy}'s yes")}."));
        turn.Take(Planner.Decide(turn.State.Runs[run.Id], turn.Now, turn.Rules));
    }

    /// <summary>Starts a run whose plan needs no yes, or has it. Only now is anything of the environment changed by it: names and flags of its entities.</summary>
    public static void Start(Turn turn, Run run, IReadOnlyList<Step> planned)
    {
        var started = RunTransitions.Start.Fire(run, turn.Now);
        if (run.Kind is RunKind.Apply)
            EntitiesToBe.Make(turn, turn.State.Desired[run.Generation]);
        turn.TakeSteps(started, planned);
        turn.Take(Planner.Decide(turn.State.Runs[run.Id], turn.Now, turn.Rules));
    }

    /// <summary>The steps of a run with their plans, as far as they are known now. Pure but for the executors' look at their own state.</summary>
    /// <param name="state">The environment as the run will find it: for an apply, that of <see cref="EntitiesToBe"/>.</param>
    /// <param name="executors">Finds an executor by name; null for one that is not installed.</param>
    /// <param name="run">The run.</param>
    /// <param name="desired">What it converges to.</param>
    /// <param name="outside">Plans that take work outside; null to do without them: the configurations then say what would change.</param>
    public static IReadOnlyList<Step> Preview(OwnerState state, Func<string, IExecutor?> executors, Run run, DesiredState desired, PlansOutside? outside = null)
    {
        var steps = RunBuilder.Steps(run, state.Environment, desired, state.Entities);
        var pending = new HashSet<string>(StringComparer.Ordinal);
        var waiting = new HashSet<string>(StringComparer.Ordinal);
        var planned = new List<Step>(steps.Count);
        foreach (var step in steps)
        {
            if (step.Kind is not StepKind.Entity || step.NoOp)
            {
                planned.Add(step with { Action = PlanAction.None });
                continue;
            }

            if (outside is not null && step.DependsOn.Any(waiting.Contains))
            {
                outside.WaitAlong();
                waiting.Add(step.Node);
                planned.Add(step);
                continue;
            }

            var context = state.ContextOf(run, step, name => pending.Contains(name) ? null : state.OutputsOf(desired, name));
            if (PlanOf(executors(step.Executor), context, outside) is not { } plan)
            {
                waiting.Add(step.Node);
                planned.Add(step);
                continue;
            }

            if (plan.Action is PlanAction.Create or PlanAction.Replace or PlanAction.KnownAfterApply)
                pending.Add(step.Node);
            planned.Add(step with { Plan = plan, Action = plan.Action, Reason = outside?.FailureOf(step.Node)?.Reason ?? "", Message = outside?.FailureOf(step.Node)?.Message ?? "" });
        }

        return planned;
    }

    /// <summary>Without an executor the configurations still say what would change; the step itself says that it cannot be done here.</summary>
    /// <returns>Null while the plan is still to come.</returns>
    private static StepPlan? PlanOf(IExecutor? executor, StepContext context, PlansOutside? outside)
    {
        if (executor is { PlansOutside: true })
            return outside is null || context.UnknownPaths.Count > 0 || context.Faults.Count > 0 ? ConfigPlan.Make(context) : outside.Ask(context);
        var task = executor?.PlanAsync(context, CancellationToken.None);
        return task is { IsCompletedSuccessfully: true, Result.Plan: { } made } ? made : ConfigPlan.Make(context);
    }

    /// <summary>Steps of a plan that no executor of this server can carry out, as faults.</summary>
    /// <param name="executors">Finds an executor by name; null for one that is not installed.</param>
    /// <param name="steps">The plan.</param>
    public static IReadOnlyList<OperationFault> Missing(Func<string, IExecutor?> executors, IEnumerable<Step> steps) =>
    [
        .. steps.Where(step => step is { Kind: StepKind.Entity, NoOp: false } && step.Action is not PlanAction.None && executors(step.Executor) is null)
            .Select(step => new OperationFault(FaultKind.WrongState, Reasons.ExecutorMissing, MissingSentence(step), step.Node)),
    ];

    /// <summary>Says that nothing on this server can carry out a step.</summary>
    internal static string MissingSentence(Step step) =>
        $"{step.Node} needs the executor {step.Executor}, which is not installed on this server. Install it, choose another cloud, or flag the node no-op.";

    private static string Summary(IReadOnlyList<Step> steps)
    {
        var counts = steps.Where(step => step.Action is not PlanAction.None).GroupBy(step => step.Action).OrderBy(group => group.Key)
            .Select(group => $"{group.Count()} to {(group.Key is PlanAction.KnownAfterApply ? "settle after apply" : group.Key.ToString().ToLowerInvariant())}");
        var text = string.Join(", ", counts);
        return text.Length > 0 ? $"Planned: {text}." : "Planned: nothing to change.";
    }
}
