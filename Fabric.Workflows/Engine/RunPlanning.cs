using System.Text.Json.Nodes;
using Fabric.Workflows.Environments;
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
        if (run.Kind is RunKind.Apply)
            MakeEntities(turn, desired);
        var steps = RunBuilder.Steps(run, turn.State.Environment, desired, turn.State.Entities);
        var planned = run.Kind is RunKind.Apply or RunKind.Destroy ? Preview(turn.State, host, run, desired, steps) : steps;
        var approvalBy = ApprovalRules.RequiredBy(turn.State.Environment, planned);
        run = run with { PlanHash = ApprovalRules.Hash(run, planned), StepsTotal = planned.Count, StepsDone = 0, ApprovalBy = approvalBy };
        run = approvalBy is null
            ? RunTransitions.Start.Fire(run, turn.Now)
            : RunTransitions.Ask.Fire(run, turn.Now, "", "Waits for a person's yes to its plan.") with { DeadlineAt = turn.Now + turn.Rules.ApprovalTimeout };
        turn.TakeSteps(run, planned);
        turn.Tell(run, new Notice("RunPlanned", null, 0, "", Summary(planned)));
        if (approvalBy is not null)
            turn.Tell(run, new Notice("RunAwaitingApproval", null, 0, "", $"The plan waits for the {approvalBy}'s yes."));
        turn.Take(Planner.Decide(turn.State.Runs[run.Id], turn.Now, turn.Rules));
    }

    /// <summary>The plan of every step as far as it is known now. Pure but for the executors' look at their own state.</summary>
    public static IReadOnlyList<Step> Preview(OwnerState state, EngineHost host, Run run, DesiredState desired, IReadOnlyList<Step> steps)
    {
        var pending = new HashSet<string>(StringComparer.Ordinal);
        var planned = new List<Step>(steps.Count);
        foreach (var step in steps)
        {
            if (step.Kind is not StepKind.Entity || step.NoOp)
            {
                planned.Add(step with { Action = PlanAction.None });
                continue;
            }

            var context = state.ContextOf(run, step, name => pending.Contains(name) ? null : state.OutputsOf(desired, name));
            // Without an executor the configurations still say what would change; the step itself says that it cannot be done here.
            var task = host.FindExecutor(step.Executor)?.PlanAsync(context, CancellationToken.None);
            var plan = task is { IsCompletedSuccessfully: true, Result.Plan: { } made } ? made : ConfigPlan.Make(context);
            if (plan.Action is PlanAction.Create or PlanAction.Replace or PlanAction.KnownAfterApply)
                pending.Add(step.Node);
            planned.Add(step with { Plan = plan, Action = plan.Action });
        }

        return planned;
    }

    /// <summary>Steps of a plan that no executor of this server can carry out, as faults.</summary>
    public static IReadOnlyList<OperationFault> Missing(EngineHost host, IEnumerable<Step> steps) =>
    [
        .. steps.Where(step => step is { Kind: StepKind.Entity, NoOp: false } && step.Action is not PlanAction.None && host.FindExecutor(step.Executor) is null)
            .Select(step => new OperationFault(FaultKind.WrongState, Reasons.ExecutorMissing, MissingSentence(step), step.Node)),
    ];

    /// <summary>Says that nothing on this server can carry out a step.</summary>
    internal static string MissingSentence(Step step) =>
        $"{step.Node} needs the executor {step.Executor}, which is not installed on this server. Install it, choose another cloud, or flag the node no-op.";

    private static void MakeEntities(Turn turn, DesiredState desired)
    {
        foreach (var node in desired.Blueprint.Nodes.Where(node => node.Type is not null))
        {
            var type = desired.TypeOf(node)!;
            var noOp = desired.NoOp.Contains(node.Name);
            if (node.Was is { } was && turn.State.Entities.Remove(was, out var renamed))
                turn.Put(renamed with { Node = node.Name, UpdatedAt = turn.Now });
            if (turn.State.Entities.TryGetValue(node.Name, out var entity))
            {
                if (entity.NoOp != noOp || (!entity.Stands && entity.TypeHash != type.Hash))
                    turn.Put(entity with { NoOp = noOp, Type = entity.Stands ? entity.Type : $"{type.Name}@{type.Version}", TypeHash = entity.Stands ? entity.TypeHash : type.Hash, UpdatedAt = turn.Now });
                continue;
            }

            var implementation = Blueprints.Placement.Choose(type, turn.State.Environment.Cloud);
            turn.Put(new Entity
            {
                Id = Guid.CreateVersion7(turn.Now),
                EnvironmentId = turn.State.Environment.Id,
                Tenant = turn.State.Environment.Tenant,
                Node = node.Name,
                Type = $"{type.Name}@{type.Version}",
                TypeHash = type.Hash,
                Executor = implementation is null ? ExecutorNames.Gate : RunBuilder.ExecutorOf(implementation),
                NoOp = noOp,
                Protect = node.Protect || type.Protect,
                UpdatedAt = turn.Now,
            });
        }
    }

    private static string Summary(IReadOnlyList<Step> steps)
    {
        var counts = steps.Where(step => step.Action is not PlanAction.None).GroupBy(step => step.Action).OrderBy(group => group.Key)
            .Select(group => $"{group.Count()} to {(group.Key is PlanAction.KnownAfterApply ? "settle after apply" : group.Key.ToString().ToLowerInvariant())}");
        var text = string.Join(", ", counts);
        return text.Length > 0 ? $"Planned: {text}." : "Planned: nothing to change.";
    }
}
