using System.Globalization;
using Fabric.Workflows.Runs;

namespace Fabric.Workflows.Engine;

public static partial class Planner
{
    private sealed partial class Scratch
    {
        /// <summary>Goes over the steps in order, so that what one lets go starts in the same decision.</summary>
        public void Advance()
        {
            if (draft.Run.State is RunState.AwaitingApproval && draft.Run.DeadlineAt <= now)
                End(RunTransitions.Fail, "RunFailed", Reasons.ApprovalExpired, "Nobody approved the plan in time; nothing was changed.");
            if (draft.Run.State is not (RunState.Running or RunState.Paused))
                return;
            for (var i = 0; i < draft.Count; i++)
                AdvanceStep(i);
            EndRun();
        }

        /// <summary>Ends a run in planning: none of its steps will start, and the one that could not be planned says why.</summary>
        public void GiveUp(string node, string reason, string message)
        {
            for (var i = 0; i < draft.Count; i++)
            {
                if (draft[i].Node != node && IsBeingPlanned(draft[i]))
                    work.Add(new WorkOrder(WorkKind.Cancel, draft[i].Node, draft[i].Attempt));
                if (draft[i].Node == node)
                    CancelStep(i, reason, message);
                else
                    CancelStep(i, Reasons.PlanFailed, $"Not begun: {node} could not be planned.");
            }

            End(RunTransitions.Fail, "RunFailed", reason, message);
        }

        private void AdvanceStep(int i)
        {
            if (draft.Run.CancelRequested)
                CancelStep(i);
            if (draft[i].State is StepState.Blocked && draft.DependenciesLetGo(i) && !draft.Run.CancelRequested)
                draft[i] = StepTransitions.Unblock.Fire(draft[i], now);
            switch (draft[i].State)
            {
                case StepState.Ready when draft.Run.State is RunState.Running && !(draft[i].NextLookAt > now):
                    StartStep(i);
                    break;
                case StepState.AwaitingApproval when draft[i].DeadlineAt <= now:
                    FailStep(i, Reasons.ApprovalExpired, $"Nobody said yes within {rules.PatienceOf(draft[i])}. Retry the step to ask anew.");
                    break;
                case StepState.Applying or StepState.Verifying or StepState.Planning when draft[i].DeadlineAt <= now:
                    work.Add(new WorkOrder(WorkKind.Cancel, draft[i].Node, draft[i].Attempt));
                    FailStep(i, Reasons.TimedOut, $"It took longer than {rules.TimeoutOf(draft[i])}.");
                    break;
                case StepState.Planning when draft[i].NextLookAt <= now:
                    draft[i] = draft[i] with { NextLookAt = null };
                    work.Add(new WorkOrder(WorkKind.Plan, draft[i].Node, draft[i].Attempt));
                    break;
                case StepState.Applying or StepState.Verifying or StepState.Unknown when draft[i].NextLookAt <= now:
                    draft[i] = draft[i] with { NextLookAt = null };
                    work.Add(new WorkOrder(WorkKind.Look, draft[i].Node, draft[i].Attempt));
                    break;
            }
        }

        private void StartStep(int i)
        {
            var step = draft[i];
            if (step.NoOp && draft.Run.Kind is RunKind.Destroy)
            {
                FailStep(i, Reasons.RemovalHeld, $"{step.Node} is held: Fabric made it and it is flagged no-op. Decide: take the flag away, or skip this step.");
                return;
            }

            if (step.NoOp)
            {
                draft[i] = StepTransitions.Skip.Fire(step, now, Reasons.NoOp, "No-op: its outputs are adopted.");
                Tell("StepSkipped", draft[i], Reasons.NoOp);
                return;
            }

            step = step with { StartedAt = step.StartedAt ?? now };
            if (step.Kind is StepKind.Approval)
            {
                draft[i] = StepTransitions.Ask.Fire(step, now, "", string.Create(CultureInfo.InvariantCulture, $"Waits for a person's yes, until {now + rules.PatienceOf(step):yyyy-MM-dd HH:mm} UTC.")) with { DeadlineAt = now + rules.PatienceOf(step) };
                Tell("StepAwaitingApproval", draft[i]);
            }
            else if (step.Kind is StepKind.Entity && draft.Run.Kind is RunKind.Apply or RunKind.Destroy)
            {
                draft[i] = StepTransitions.Plan.Fire(step, now) with { DeadlineAt = now + rules.StepTimeout };
                work.Add(new WorkOrder(WorkKind.Plan, step.Node, step.Attempt));
            }
            else
            {
                Apply(i, step, step.Kind is StepKind.Action or StepKind.Entity);
            }
        }

        private void Apply(int i, Step step, bool bounded)
        {
            draft[i] = StepTransitions.Start.Fire(step, now) with
            {
                Attempt = step.Attempt + 1,
                DeadlineAt = bounded ? now + rules.TimeoutOf(step) : null,
                ProgressDone = 0,
                ProgressTotal = 0,
            };
            Tell("StepStarted", draft[i], "", $"{Verb(step.Action)}{(draft[i].Attempt > 1 ? $", attempt {draft[i].Attempt}" : "")}");
            work.Add(new WorkOrder(WorkKind.Apply, step.Node, draft[i].Attempt));
        }

        private static string Verb(PlanAction action) => action switch
        {
            PlanAction.Create => "Creating",
            PlanAction.Update => "Updating",
            PlanAction.Replace => "Replacing",
            PlanAction.Delete => "Deleting",
            PlanAction.HandOver => "Handing over",
            _ => "Started",
        };

        private void FailStep(int i, string reason, string message)
        {
            draft[i] = StepTransitions.Fail.Fire(draft[i], now, reason, message);
            Tell("StepFailed", draft[i], reason);
        }

        private void CancelStep(int i, string reason = Reasons.CancelledByPerson, string message = "")
        {
            if (!StepTransitions.Cancel.Allows(draft[i]))
                return;
            if (draft[i].State is StepState.Verifying || (draft[i].State is StepState.Planning && RetryRules.StopsSafely(draft[i])))
                work.Add(new WorkOrder(WorkKind.Cancel, draft[i].Node, draft[i].Attempt));
            draft[i] = StepTransitions.Cancel.Fire(draft[i], now, reason, message);
            Tell("StepCancelled", draft[i], reason, message.Length > 0 ? message : "Cancelled before it was done.");
        }

        private void EndRun()
        {
            bool failed = false, cancelled = false;
            for (var i = 0; i < draft.Count; i++)
            {
                var state = draft[i].State;
                failed |= state is StepState.Failed;
                cancelled |= state is StepState.Cancelled;
                // A blocked step ends nothing: either something before it still moves, or a failure keeps it blocked.
                if (!state.IsTerminal() && state is not StepState.Blocked)
                    return;
            }

            if (!failed && !cancelled && AnyBlocked())
                return;
            // A cancel that came when everything had been started stopped nothing: the run ends as its steps did.
            if (cancelled && (draft.Run.CancelRequested || !failed))
                End(RunTransitions.Cancel, "RunCancelled", Reasons.CancelledByPerson, "Stopped at a safe point.");
            else if (failed)
                End(RunTransitions.Fail, "RunFailed", Reasons.StepFailed, FailureSentence());
            else
                End(RunTransitions.Succeed, "RunSucceeded", "", "Every step is done.");
        }

        private void End(RunTransition transition, string kind, string reason, string message)
        {
            draft.Run = transition.Fire(draft.Run, now, reason, message);
            notices.Add(new Notice(kind, null, 0, reason, message));
        }

        private bool AnyBlocked()
        {
            for (var i = 0; i < draft.Count; i++)
            {
                if (draft[i].State is StepState.Blocked)
                    return true;
            }

            return false;
        }

        private string FailureSentence()
        {
            var failures = Enumerable.Range(0, draft.Count).Select(i => draft[i]).Where(step => step.State is StepState.Failed).ToList();
            return failures.Count == 1 ? $"Step {failures[0].Node} failed: {failures[0].Message}" : $"{failures.Count} steps failed, first {failures[0].Node}: {failures[0].Message}";
        }
    }
}
