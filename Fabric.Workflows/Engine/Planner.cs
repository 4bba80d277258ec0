using Fabric.Workflows.Runs;

namespace Fabric.Workflows.Engine;

/// <summary>
/// Decides what happens next in a run that is going. Pure: a snapshot and the time go in, transitions and work come out.
/// </summary>
public static partial class Planner
{
    /// <summary>Starts what can start, looks at what is due, ends what has ended.</summary>
    /// <param name="run">The run as it stands.</param>
    /// <param name="now">UTC.</param>
    /// <param name="rules">Retries and time-outs.</param>
    public static Decision Decide(RunSnapshot run, DateTimeOffset now, RetryRules rules)
    {
        var scratch = new Scratch(run, now, rules);
        scratch.Advance();
        return scratch.ToDecision();
    }

    /// <summary>Takes an executor's result in, then decides. A result for another attempt or state is ignored.</summary>
    public static Decision Receive(RunSnapshot run, WorkOrder order, StepResult result, DateTimeOffset now, RetryRules rules) =>
        Receive(run, [new WorkResult(order, result)], now, rules);

    /// <summary>Takes results in, in their order, then decides once.</summary>
    public static Decision Receive(RunSnapshot run, IReadOnlyList<WorkResult> results, DateTimeOffset now, RetryRules rules)
    {
        var scratch = new Scratch(run, now, rules);
        foreach (var (order, result) in results)
            scratch.Take(order, result);
        scratch.Advance();
        return scratch.ToDecision();
    }

    /// <summary>After a take-over: whatever was under way when the last owner ended was not seen, so it is looked at.</summary>
    public static Decision Recover(RunSnapshot run, DateTimeOffset now, RetryRules rules)
    {
        var scratch = new Scratch(run, now, rules);
        scratch.LoseSightOfWork();
        scratch.Advance();
        return scratch.ToDecision();
    }

    /// <summary>A run that cannot be planned ends; nothing was changed.</summary>
    public static Decision Fail(RunSnapshot run, string node, string reason, string message, DateTimeOffset now, RetryRules rules)
    {
        var scratch = new Scratch(run, now, rules);
        scratch.GiveUp(node, reason, message);
        return scratch.ToDecision();
    }

    /// <summary>A person's wish for the run, or for one step of it.</summary>
    public static Decision Act(RunSnapshot run, PersonAct act, DateTimeOffset now, RetryRules rules)
    {
        var scratch = new Scratch(run, now, rules);
        scratch.Obey(act);
        scratch.Advance();
        return scratch.ToDecision();
    }

    /// <summary>Something outside moved: the steps of these nodes are looked at now instead of later.</summary>
    public static Decision Nudge(RunSnapshot run, IReadOnlySet<string> nodes, DateTimeOffset now, RetryRules rules)
    {
        var scratch = new Scratch(run, now, rules);
        scratch.LookNow(nodes);
        scratch.Advance();
        return scratch.ToDecision();
    }

    /// <summary>The working copy of one decision.</summary>
    private sealed partial class Scratch(RunSnapshot before, DateTimeOffset now, RetryRules rules)
    {
        private readonly RunSnapshot.Draft draft = before.Change();
        private readonly List<Notice> notices = [];
        private readonly List<WorkOrder> work = [];
        private readonly Dictionary<string, StepResult> taken = new(StringComparer.Ordinal);

        public Decision ToDecision()
        {
            CountSteps();
            return new Decision(draft.Freeze(), [.. draft.Changed], draft.RunChanged, notices, work, NextLook(), taken);
        }

        private void CountSteps()
        {
            var done = 0;
            for (var i = 0; i < draft.Count; i++)
                done += draft[i].State.IsTerminal() ? 1 : 0;
            if (done != draft.Run.StepsDone || draft.Count != draft.Run.StepsTotal)
                draft.Run = draft.Run with { StepsDone = done, StepsTotal = draft.Count };
        }

        private DateTimeOffset? NextLook()
        {
            if (draft.Run.State.IsTerminal())
                return null;
            var next = draft.Run.DeadlineAt;
            for (var i = 0; i < draft.Count; i++)
            {
                var step = draft[i];
                if (step.State.IsTerminal() || (step.State is StepState.Ready && draft.Run.State is RunState.Paused))
                    continue;
                next = Earlier(next, Earlier(step.NextLookAt, step.DeadlineAt));
            }

            return next;
        }

        private static DateTimeOffset? Earlier(DateTimeOffset? a, DateTimeOffset? b) => a is null ? b : b is null ? a : a < b ? a : b;

        private void Tell(string kind, Step step, string reason = "", string message = "") =>
            notices.Add(new Notice(kind, step.Node, step.Attempt, reason, message.Length > 0 ? message : step.Message));
    }
}
