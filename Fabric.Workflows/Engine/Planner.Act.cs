using Fabric.Workflows.Runs;

namespace Fabric.Workflows.Engine;

/// <summary>What a person may wish of a run that is going.</summary>
public enum ActKind
{
    Cancel,
    Pause,
    Resume,
    ApproveStep,
    RejectStep,
    RetryStep,
    SkipStep,
}

/// <summary>A person's wish. For a step, the node; for a skip or a rejection, the reason in that person's words.</summary>
public sealed record PersonAct(ActKind Kind, string By, string? Node = null, string Words = "");

public static partial class Planner
{
    private sealed partial class Scratch
    {
        /// <summary>Fires the transition a person asked for.</summary>
        /// <exception cref="WrongStateException">The state does not allow it; nothing is changed.</exception>
        public void Obey(PersonAct act)
        {
            switch (act.Kind)
            {
                case ActKind.Cancel:
                    RequestCancel(act);
                    break;
                case ActKind.Pause:
                    draft.Run = RunTransitions.Pause.Fire(draft.Run, now, "", $"Paused by {act.By}.");
                    notices.Add(new Notice("RunPaused", null, 0, "", draft.Run.Message));
                    break;
                case ActKind.Resume:
                    draft.Run = RunTransitions.Resume.Fire(draft.Run, now);
                    notices.Add(new Notice("RunResumed", null, 0, "", $"Resumed by {act.By}."));
                    break;
                default:
                    ObeyOnStep(draft.IndexOf(act.Node!) ?? throw new ArgumentException($"The run has no step {act.Node}.", nameof(act)), act);
                    break;
            }
        }

        private void RequestCancel(PersonAct act)
        {
            if (!RunTransitions.Cancel.Allows(draft.Run))
                throw new WrongStateException($"Cancel of run {draft.Run.Number}", draft.Run.State.ToString(), string.Join(" or ", RunTransitions.Cancel.From));
            if (draft.Run.CancelRequested)
                throw new WrongStateException($"Cancel of run {draft.Run.Number}", "being cancelled", "one that nobody cancelled yet");
            draft.Run = draft.Run with { CancelRequested = true, Message = $"Cancelled by {act.By}." };
            notices.Add(new Notice("RunCancelRequested", null, 0, Reasons.CancelledByPerson, draft.Run.Message));
            if (draft.Run.State is RunState.Pending or RunState.Planning or RunState.AwaitingApproval)
            {
                for (var i = 0; i < draft.Count; i++)
                {
                    if (draft.Run.State is RunState.Planning && IsBeingPlanned(draft[i]))
                        work.Add(new WorkOrder(WorkKind.Cancel, draft[i].Node, draft[i].Attempt));
                    CancelStep(i);
                }

                End(RunTransitions.Cancel, "RunCancelled", Reasons.CancelledByPerson, $"Cancelled by {act.By} before anything was changed.");
                return;
            }

            for (var i = 0; i < draft.Count; i++)
            {
                if (draft[i].State is StepState.Applying && RetryRules.StopsSafely(draft[i]))
                    work.Add(new WorkOrder(WorkKind.Cancel, draft[i].Node, draft[i].Attempt));
            }
        }

        /// <summary>Whether the plan of a step may be under way while its whole run is planned.</summary>
        private static bool IsBeingPlanned(Step step) => step is { Kind: StepKind.Entity, NoOp: false, Plan: null } && RetryRules.StopsSafely(step);

        private void ObeyOnStep(int i, PersonAct act)
        {
            switch (act.Kind)
            {
                case ActKind.ApproveStep when draft[i].Kind is StepKind.Approval && draft[i].State is StepState.AwaitingApproval:
                    draft[i] = StepTransitions.Succeed.Fire(draft[i], now, "", $"Approved by {act.By}.");
                    Tell("StepSucceeded", draft[i]);
                    break;
                case ActKind.ApproveStep:
                    draft[i] = StepTransitions.Approve.Fire(draft[i], now) with
                    {
                        ApprovedHash = draft[i].Plan?.InputsHash,
                        Plan = draft[i].Plan is { } seen ? seen with { Unapproved = false } : null,
                    };
                    Tell("StepApproved", draft[i], "", $"Approved by {act.By}.");
                    break;
                case ActKind.RejectStep when draft[i].State is StepState.AwaitingApproval:
                    FailStep(i, Reasons.Rejected, $"Rejected by {act.By}{(act.Words.Length > 0 ? $": {act.Words}" : ".")}");
                    break;
                case ActKind.RejectStep:
                    throw new WrongStateException($"Reject of step {draft[i].Node}", draft[i].State.ToString(), StepState.AwaitingApproval.ToString());
                case ActKind.RetryStep:
                    var askAnew = draft[i].Reason is Reasons.Rejected or Reasons.ApprovalExpired;
                    draft[i] = StepTransitions.Retry.Fire(draft[i], now) with { DeadlineAt = null, StartedAt = askAnew ? null : draft[i].StartedAt };
                    Reopen();
                    Tell("StepRetry", draft[i], "", $"Tried again by {act.By}.");
                    break;
                case ActKind.SkipStep when !draft[i].CanBeSkipped():
                    throw new WrongStateException($"Skip of {draft[i].Kind} step {draft[i].Node}", draft[i].State.ToString(), $"{StepState.Failed}, and no approval gate");
                case ActKind.SkipStep:
                    draft[i] = StepTransitions.Skip.Fire(draft[i], now, Reasons.SkippedByPerson, $"Skipped by {act.By}: {act.Words}");
                    Reopen();
                    Tell("StepSkipped", draft[i], Reasons.SkippedByPerson);
                    break;
            }
        }

        private void Reopen()
        {
            if (draft.Run.State is RunState.Failed)
                draft.Run = RunTransitions.Reopen.Fire(draft.Run, now) with { CancelRequested = false };
        }
    }
}
