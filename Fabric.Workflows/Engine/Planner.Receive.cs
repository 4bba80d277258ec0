using Fabric.Workflows.Runs;

namespace Fabric.Workflows.Engine;

public static partial class Planner
{
    private sealed partial class Scratch
    {
        /// <summary>Takes one result in.</summary>
        public void Take(WorkOrder order, StepResult result)
        {
            if (draft.IndexOf(order.Node) is not { } i || draft[i].Attempt != order.Attempt || !Expects(draft[i], order.Kind))
                return;
            taken[order.Node] = result;
            if (result.Left is { } left && draft[i].Plan is { } known)
                draft[i] = draft[i] with { Plan = known with { Left = left } };
            if (result.Kind is StepResultKind.Planned && draft.Run.State is RunState.Paused)
                draft[i] = StepTransitions.TryAgain.Fire(draft[i], now, "", "Waits until the run is resumed.");
            else if (result.Kind is StepResultKind.Planned)
                TakePlan(i, result.Plan!);
            else
                TakeOutcome(i, result);
        }

        private static bool Expects(Step step, WorkKind kind) => kind switch
        {
            WorkKind.Plan => step.State is StepState.Planning,
            WorkKind.Apply or WorkKind.Look => step.State is StepState.Applying or StepState.Verifying or StepState.Unknown,
            _ => false,
        };

        private void TakePlan(int i, StepPlan real)
        {
            var approved = draft[i].Plan;
            var step = StepTransitions.Planned.Fire(draft[i], now);
            var covered = PlanRules.Covers(step, real);
            if (approved is { Complete: true, Unapproved: false } && !covered)
                Tell("StepPlanStale", step, Reasons.PlanStale, "What it was planned on has changed; planned anew.");
            step = step with { Plan = real, Action = real.Action };
            if (!covered && AskedOf(step, approved, real) is { } by)
            {
                draft[i] = StepTransitions.Ask.Fire(step, now, Reasons.OutsideApproval, "The real plan goes beyond what was approved.") with
                {
                    Plan = real with { Unapproved = true },
                    DeadlineAt = now + rules.PatienceOf(step),
                    ApprovalBy = by,
                };
                Tell("StepAwaitingApproval", draft[i], Reasons.OutsideApproval);
            }
            else if (real.Action is PlanAction.None)
            {
                draft[i] = StepTransitions.Succeed.Fire(step, now, Reasons.NothingToDo, "Nothing to do.");
                Tell("StepSucceeded", draft[i], Reasons.NothingToDo);
            }
            else
            {
                Apply(i, step, bounded: true);
            }
        }

        /// <summary>Whose yes a plan needs that nobody said yes to; after a no, or none in time, everything that would be done asks again.</summary>
        private string? AskedOf(Step step, StepPlan? before, StepPlan real) =>
            rules.Approvals.Beyond(draft.Run, step, real) ?? (before is { Unapproved: true } && real.Action is not PlanAction.None ? step.ApprovalBy : null);

        private void TakeOutcome(int i, StepResult result)
        {
            var step = draft[i];
            switch (result.Kind)
            {
                case StepResultKind.Completed:
                    draft[i] = StepTransitions.Succeed.Fire(step, now, result.Reason, result.Message);
                    Tell("StepSucceeded", draft[i], result.Reason, result.Message.Length > 0 ? result.Message : "Done.");
                    break;
                case StepResultKind.InProgress:
                    KeepGoing(i, result);
                    break;
                case StepResultKind.Transient:
                    TryAgain(i, result);
                    break;
                case StepResultKind.Terminal:
                    FailStep(i, result.Reason, result.Message);
                    break;
                case StepResultKind.Unknown when step.DeadlineAt <= now:
                    work.Add(new WorkOrder(WorkKind.Cancel, step.Node, step.Attempt));
                    FailStep(i, Reasons.TimedOut, $"Nobody could find out how it ended within {rules.TimeoutOf(step)}. {result.Message}".TrimEnd());
                    break;
                case StepResultKind.Unknown:
                    draft[i] = StepTransitions.LoseSight.Fire(step, now, result.Reason, result.Message) with { NextLookAt = now + rules.First, DeadlineAt = step.DeadlineAt };
                    Tell("StepUnknown", draft[i], result.Reason);
                    break;
                case StepResultKind.NotApplied:
                    Tell("StepNotApplied", step, result.Reason, result.Message.Length > 0 ? result.Message : "A look found that nothing was done.");
                    TryAgain(i, result);
                    break;
            }
        }

        private void KeepGoing(int i, StepResult result)
        {
            var step = draft[i];
            var told = false;
            if (result.Verifying && step.State is not StepState.Verifying)
            {
                step = StepTransitions.Verify.Fire(step, now) with { DeadlineAt = step.DeadlineAt };
                Tell("StepVerifying", step, "", result.Message.Length > 0 ? result.Message : "Changed; waiting until it is healthy.");
                told = true;
            }
            else if (step.State is StepState.Unknown)
            {
                step = StepTransitions.Resume.Fire(step, now) with { DeadlineAt = step.DeadlineAt };
            }

            if (result.Message.Length > 0 && result.Message != step.Message && !told)
                Tell("StepProgress", step, result.Reason, result.Message);
            draft[i] = step with
            {
                Reason = result.Reason,
                Message = result.Message,
                ProgressDone = result.Done,
                ProgressTotal = result.Total,
                NextLookAt = now + result.LookAgainAfter,
                // Whoever waits for a place has not begun.
                DeadlineAt = result.Reason == Reasons.WaitsForPlace && step.DeadlineAt is not null ? now + rules.TimeoutOf(step) : step.DeadlineAt,
            };
        }

        /// <summary>After a failed try: what failed while planning was one that has no number yet.</summary>
        private void TryAgain(int i, StepResult result)
        {
            if (draft[i].State is StepState.Planning)
                draft[i] = draft[i] with { Attempt = draft[i].Attempt + 1 };
            var failed = draft[i];
            if (draft.Run.CancelRequested)
            {
                // What was asked to stop has stopped; there is no next try.
                draft[i] = StepTransitions.Cancel.Fire(StepTransitions.TryAgain.Fire(failed, now), now, Reasons.CancelledByPerson, result.Message);
                Tell("StepCancelled", draft[i], Reasons.CancelledByPerson, result.Message);
                return;
            }

            if (failed.Attempt % rules.Attempts == 0)
            {
                FailStep(i, Reasons.RetriesExhausted, $"{result.Message} Tried {failed.Attempt} times.".TrimStart());
                return;
            }

            var wait = rules.After(draft.Run.Id, failed.Node, failed.Attempt);
            draft[i] = StepTransitions.TryAgain.Fire(failed, now, result.Reason, result.Message) with { NextLookAt = now + wait };
            Tell("StepRetry", draft[i], result.Reason, $"{result.Message} Next try in {wait.TotalSeconds:0.#} s.".TrimStart());
        }

        /// <summary>Brings the next look forward.</summary>
        public void LookNow(IReadOnlySet<string> nodes)
        {
            for (var i = 0; i < draft.Count; i++)
            {
                if (nodes.Contains(draft[i].Node) && draft[i].State.IsInFlight() && draft[i].NextLookAt > now)
                    draft[i] = draft[i] with { NextLookAt = now };
            }
        }

        /// <summary>What nobody watches any more is looked at; what was only being planned is planned again.</summary>
        public void LoseSightOfWork()
        {
            for (var i = 0; i < draft.Count; i++)
            {
                var step = draft[i];
                if (step.State is StepState.Planning)
                {
                    draft[i] = StepTransitions.TryAgain.Fire(step, now);
                }
                else if (step.State is StepState.Applying or StepState.Verifying && (step.NextLookAt is null || step.DeadlineAt <= now))
                {
                    draft[i] = StepTransitions.LoseSight.Fire(step, now, Reasons.ServerRestarted, "The server ended while it was under way; looking.") with
                    {
                        NextLookAt = now,
                        DeadlineAt = step.DeadlineAt,
                    };
                    Tell("StepUnknown", draft[i], Reasons.ServerRestarted);
                }
                else if (step.State is StepState.Unknown)
                {
                    draft[i] = step with { NextLookAt = now };
                }
            }
        }
    }
}
