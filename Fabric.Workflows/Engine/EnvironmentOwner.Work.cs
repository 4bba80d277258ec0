using Fabric.Workflows.Executors;
using Fabric.Workflows.Runs;

namespace Fabric.Workflows.Engine;

public sealed partial class EnvironmentOwner
{
    /// <summary>Brings a turn to rest: starts the run that waits, and takes in every plan that needs no waiting.</summary>
    private void Settle(Turn turn)
    {
        do
        {
            turn.TakeResults();
            RunPlanning.StartPending(turn, host);
            foreach (var (runId, order) in turn.OrdersToPlan())
            {
                if (turn.State.Runs.TryGetValue(runId, out var run) && PlanNow(turn, run, order) is { } plan)
                    turn.Receive(runId, order, plan);
            }
        }
        while (turn.TakeResults());
    }

    private StepResult? PlanNow(Turn turn, RunSnapshot run, WorkOrder order)
    {
        var step = run.Find(order.Node)!;
        var context = turn.State.ContextOf(run.Run, step);
        if (run.Run.Kind is RunKind.Destroy && context.Entity is { NoOp: true })
            return StepResult.Terminal(Reasons.RemovalHeld, $"{step.Node} is held: Fabric made it and it is flagged no-op. Decide: take the flag away, or skip this step.");
        if (context.Faults.Count > 0)
            return StepResult.Terminal(Reasons.BindingUnresolved, string.Join(' ', context.Faults));
        if (host.FindExecutor(step.Executor) is not { } executor)
            return StepResult.Terminal(Reasons.ExecutorMissing, RunPlanning.MissingSentence(step));
        if (executor.PlansOutside)
        {
            _ = PostAsync(run.Run.Id, order, step, Task.Run(async () => await executor.PlanAsync(context, stopping.Token)));
            return null;
        }

        try
        {
            var planning = executor.PlanAsync(context, stopping.Token);
            if (planning.IsCompletedSuccessfully)
                return planning.Result;
            _ = PostAsync(run.Run.Id, order, step, planning.AsTask());
            return null;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A turn that fails here would fail again after every reload.
            LogExecutorFailed(host.Logger, e, step.Executor, step.Node, run.Run.Id);
            return StepResult.Terminal(Reasons.ExecutorFault, "The plan could not be made; the server's log says why.");
        }
    }

    /// <summary>Starts work that a durable decision asked for, if state and attempt still match. An executor never blocks, so one thread starts all of it.</summary>
    private void Dispatch(List<(Guid RunId, WorkOrder Order)> orders)
    {
        var work = new List<(StepContext Context, WorkOrder Order)>(orders.Count);
        foreach (var (runId, order) in orders)
        {
            if (order.Kind is not WorkKind.Plan && state.Runs.TryGetValue(runId, out var run) && run.Find(order.Node) is { } step && step.Attempt == order.Attempt)
                work.Add((state.ContextOf(run.Run, step), order));
        }

        if (work.Count > 0)
            ThreadPool.UnsafeQueueUserWorkItem(started => started.ForEach(item => _ = PostAsync(item.Context.Run.Id, item.Order, item.Context.Step, WorkAsync(item.Context, item.Order))), work, preferLocal: false);
    }

    /// <summary>Makes one plan of a run that is in planning; nobody of its steps has a number yet.</summary>
    private void StartPlanning(StepContext context) =>
        _ = PostAsync(context.Run.Id, new WorkOrder(WorkKind.Plan, context.Step.Node, 0), context.Step, Task.Run(async () => await host.FindExecutor(context.Step.Executor)!.PlanAsync(context, stopping.Token)));

    private async Task<StepResult> WorkAsync(StepContext context, WorkOrder order)
    {
        if (host.FindExecutor(context.Step.Executor) is not { } executor)
            return StepResult.Terminal(Reasons.ExecutorMissing, RunPlanning.MissingSentence(context.Step));
        if (order.Kind is WorkKind.Cancel)
        {
            // Beside the budget: what is to be stopped may be what holds it.
            await executor.CancelAsync(context, stopping.Token);
            return StepResult.NotApplied();
        }

        var budget = host.BudgetOf(executor.Name);
        var waited = !budget.Wait(0, CancellationToken.None);
        if (waited)
            await budget.WaitAsync(stopping.Token);
        try
        {
            // Who stood in line may have timed out or been cancelled meanwhile; its result would be nobody's.
            if (waited && !await IsWantedAsync(context.Run.Id, order))
                return StepResult.NotApplied();
            switch (order.Kind)
            {
                // Both may be done again as they are: what they have done they find done.
                case WorkKind.Look or WorkKind.Apply when context.Run.Kind is RunKind.Check:
                    return await executor.CheckAsync(context, stopping.Token);
                case WorkKind.Look or WorkKind.Apply when context.Run.Kind is RunKind.HandOver:
                    return await executor.HandOverAsync(context, stopping.Token);
                case WorkKind.Look:
                    return await executor.LookAsync(context, stopping.Token);
                default:
                    return await executor.ApplyAsync(context, stopping.Token);
            }
        }
        finally
        {
            budget.Release();
        }
    }

    private async Task<bool> IsWantedAsync(Guid runId, WorkOrder order)
    {
        var wanted = await AskAsync<bool>(turn =>
            turn.State.Runs.TryGetValue(runId, out var run) && run.Find(order.Node) is { } step && step.Attempt == order.Attempt && step.State.IsInFlight());
        return wanted.Value;
    }

    private async Task PostAsync(Guid runId, WorkOrder order, Step step, Task<StepResult> work)
    {
        StepResult result;
        try
        {
            result = await work;
        }
        catch (OperationCanceledException)
        {
            return;
        }
        catch (Exception e)
        {
            // The loop that owns the work: whatever an executor throws, the outcome outside was not seen.
            LogExecutorFailed(host.Logger, e, step.Executor, step.Node, runId);
            result = order.Kind is WorkKind.Plan
                ? StepResult.Transient(Reasons.ExecutorFault, "The plan could not be made; the server's log says why.")
                : StepResult.Unknown(Reasons.ExecutorFault, "The outcome was not seen; the server's log says why.");
        }

        if (order.Kind is not WorkKind.Cancel)
            mailbox.Writer.TryWrite(new Finished(runId, order, result));
    }

    private void Recover(Turn turn)
    {
        AgentReports.CatchUp(turn);
        foreach (var run in turn.State.Runs.Values.ToList())
        {
            if (run.Run.State is RunState.Planning)
                RunPlanning.Plan(turn, host, run.Run);
            else
                turn.Take(Planner.Recover(run, turn.Now, turn.Rules));
        }
    }
}
