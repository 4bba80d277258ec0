using Fabric.Workflows.Fleet;

namespace Fabric.Workflows.Engine;

public sealed partial class EnvironmentOwner
{
    private abstract class Message
    {
        /// <summary>Changes the turn.</summary>
        public abstract void Handle(EnvironmentOwner owner, Turn turn);

        /// <summary>The turn is durable.</summary>
        public virtual void Complete()
        {
        }

        /// <summary>The turn was not written.</summary>
        public virtual void Refuse(Exception why)
        {
        }
    }

    private sealed class Reply<T>(Func<Turn, Outcome<T>> operation) : Message
    {
        private readonly TaskCompletionSource<Outcome<T>> source = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private Outcome<T>? outcome;
        private Exception? fault;

        public Task<Outcome<T>> Task => source.Task;

        public override void Handle(EnvironmentOwner owner, Turn turn)
        {
            try
            {
                outcome = operation(turn);
            }
            catch (Runs.WrongStateException e)
            {
                outcome = new OperationFault(FaultKind.WrongState, "WrongState", e.Message);
            }
        }

        public override void Complete()
        {
            if (fault is null)
                source.TrySetResult(outcome!.Value);
        }

        public override void Refuse(Exception why)
        {
            fault = why;
            source.TrySetException(why);
        }
    }

    private sealed class Wakened : Message
    {
        public override void Handle(EnvironmentOwner owner, Turn turn)
        {
            foreach (var run in turn.State.Runs.Values.ToList())
            {
                if (run.Run.State is Runs.RunState.Planning)
                    RunPlanning.LookAgain(turn, owner.host, run.Run);
                else
                    turn.Take(Planner.Decide(run, turn.Now, turn.Rules));
            }
        }
    }

    private sealed class Arrived : Message
    {
        public override void Handle(EnvironmentOwner owner, Turn turn) => AgentReports.Arrived(turn);
    }

    private sealed class Reported(IntentReport report) : Message
    {
        public override void Handle(EnvironmentOwner owner, Turn turn) => AgentReports.Take(turn, report);
    }

    private sealed class Finished(Guid runId, WorkOrder order, StepResult result) : Message
    {
        public override void Handle(EnvironmentOwner owner, Turn turn)
        {
            if (turn.State.Runs.TryGetValue(runId, out var run) && run.Run.State is Runs.RunState.Planning)
                RunPlanning.Take(turn, owner.host, run.Run, order.Node, result);
            else
                turn.Receive(runId, order, result);
        }
    }
}
