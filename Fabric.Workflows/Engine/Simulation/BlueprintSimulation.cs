using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Catalog;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Executors;
using Fabric.Workflows.Executors.Gates;
using Fabric.Workflows.Executors.Sandbox;
using Fabric.Workflows.Runs;

namespace Fabric.Workflows.Engine.Simulation;

/// <summary>
/// Plays a blueprint through: the real planner and the real sandbox cloud on a clock that jumps to whatever is next, so an hour takes
/// milliseconds. Nothing is stored, and no environment is touched. Gates that wait for a person are opened at once.
/// </summary>
public sealed class BlueprintSimulation
{
    /// <summary>Longest time that is played.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(365);

    private const int MostTurns = 200_000;
    private const int SlowTimes = 10;

    private readonly PriorityQueue<Func<RunSnapshot, Task<Decision?>>, (DateTimeOffset At, int Order)> due = new();
    private readonly List<SimulationFrame> frames = [];
    private readonly RetryRules rules = RetryRules.Default;
    private readonly DateTimeOffset start;
    private readonly SimulatedClock clock;
    private readonly SimulationWish wish;
    private readonly OwnerState state;
    private readonly Dictionary<string, IExecutor> executors;
    private RunSnapshot run;
    private DateTimeOffset? nextLook;
    private int order;

    private BlueprintSimulation(OwnerState state, SimulationWish wish, SandboxWorld world, DateTimeOffset now)
    {
        (this.state, this.wish, start, clock) = (state, wish, now, new SimulatedClock(now));
        executors = ((IExecutor[])[new SandboxExecutor(world, clock), new GateExecutor(clock), new SimulatedAction(wish, clock)]).ToDictionary(executor => executor.Name, StringComparer.Ordinal);
        run = SimulatedStart.Run(state, now);
        foreach (var step in run.Steps)
            Record(step);
    }

    /// <summary>Plays it to its end; or every fault that keeps an environment from being created.</summary>
    /// <param name="blueprint">The blueprint, a draft compiled for instance.</param>
    /// <param name="catalog">Where its types come from.</param>
    /// <param name="wish">Parameters, and how nodes behave.</param>
    /// <param name="now">When it starts, UTC: windows open by the calendar.</param>
    /// <param name="ct">Ends it.</param>
    public static async Task<Outcome<SimulationResult>> PlayAsync(CompiledBlueprint blueprint, EntityCatalog catalog, SimulationWish wish, DateTimeOffset now, CancellationToken ct)
    {
        var state = SimulatedStart.Of(blueprint, catalog, wish.Parameters, now);
        if (!state.Succeeded)
            return state.Cast<SimulationResult>();
        await using var world = SandboxWorld.Open(":memory:");
        foreach (var node in blueprint.Nodes)
        {
            if (FaultOf(wish.Of(node.Name).Trouble) is { } fault)
                await world.InjectAsync(state.Value.Environment.Id, node.Name, fault);
        }

        return await new BlueprintSimulation(state.Value, wish, world, now).PlayAsync(ct);
    }

    private static SandboxFault? FaultOf(NodeTrouble trouble) => trouble switch
    {
        NodeTrouble.TransientOnce => new SandboxFault(SandboxFaultKind.Transient),
        NodeTrouble.Terminal => new SandboxFault(SandboxFaultKind.Terminal),
        NodeTrouble.OutcomeUnknown => new SandboxFault(SandboxFaultKind.OutcomeUnknown),
        _ => null,
    };

    private async Task<SimulationResult> PlayAsync(CancellationToken ct)
    {
        Take(Planner.Decide(run, clock.Now, rules));
        for (var turn = 0; !run.Run.State.IsTerminal(); turn++)
        {
            ct.ThrowIfCancellationRequested();
            var looked = nextLook;
            var isWork = due.TryPeek(out _, out var first) && (looked is null || first.At <= looked);
            var next = isWork ? first.At : looked;
            if (next is null || next - start > Longest || turn > MostTurns)
                return Result(givenUp: true);
            clock.Now = next > clock.Now ? next.Value : clock.Now;
            var decision = isWork ? await due.Dequeue()(run) : Planner.Decide(run, clock.Now, rules);
            if (decision is not null)
                Take(decision);
        }

        return Result(givenUp: false);
    }

    private void Take(Decision decision)
    {
        (run, nextLook) = (decision.After, decision.NextLookAt);
        foreach (var step in decision.Changed)
        {
            Record(step);
            if (decision.Taken.GetValueOrDefault(step.Node) is var result && state.AppliedBy(run.Run, step, result) is { } applied && state.Entities.TryGetValue(step.Node, out var entity))
                state.Entities[step.Node] = entity with { State = EntityState.Ready, DeployedGeneration = 1, Config = applied.Config, Outputs = applied.Outputs };
            if (step.State is StepState.AwaitingApproval)
                Plan(now => Task.FromResult<Decision?>(now.Find(step.Node)!.State is StepState.AwaitingApproval ? Planner.Act(now, new PersonAct(ActKind.ApproveStep, "the simulation", step.Node), clock.Now, rules) : null));
        }

        foreach (var work in decision.Work.Where(work => work.Kind is not WorkKind.Cancel))
            Plan(async now => Planner.Receive(now, work, await DoAsync(work, now), clock.Now, rules));
    }

    private void Plan(Func<RunSnapshot, Task<Decision?>> act) => due.Enqueue(act, (clock.Now, order++));

    private async Task<StepResult> DoAsync(WorkOrder work, RunSnapshot now)
    {
        var step = now.Find(work.Node)!;
        var context = Behaving(state.ContextOf(now.Run, step));
        if (work.Kind is WorkKind.Plan && context.Faults.Count > 0)
            return StepResult.Terminal(Reasons.BindingUnresolved, string.Join(' ', context.Faults));
        if (!executors.TryGetValue(step.Executor, out var executor))
            return StepResult.Terminal(Reasons.ExecutorMissing, RunPlanning.MissingSentence(step));
        return work.Kind switch
        {
            WorkKind.Plan => await executor.PlanAsync(context, CancellationToken.None),
            WorkKind.Look => await executor.LookAsync(context, CancellationToken.None),
            _ => await executor.ApplyAsync(context, CancellationToken.None),
        };
    }

    /// <summary>The step as it was wished to behave: how long it takes is what its implementation says.</summary>
    private StepContext Behaving(StepContext context)
    {
        var behaviour = wish.Of(context.Step.Node);
        if (context.Gate is { Duration: not null } gate && behaviour.Duration is { } wait)
            return context with { Gate = gate with { Duration = wait } };
        if (context.Implementation is not { Simulated: { } simulated } implementation)
            return context;
        var create = (behaviour.Duration ?? simulated.Create) * (behaviour.Trouble is NodeTrouble.Slow ? SlowTimes : 1);
        return context with { Implementation = implementation with { Simulated = simulated with { Create = create } } };
    }

    private void Record(Step step)
    {
        var frame = new SimulationFrame(clock.Now - start, step.Node, step.State, step.Attempt, step.ProgressTotal > 0 ? 100 * step.ProgressDone / step.ProgressTotal : 0, step.Message);
        frames.Add(frame);
    }

    private SimulationResult Result(bool givenUp) => new(
        run.Run.State,
        givenUp ? $"It did not end within {Longest.TotalDays:0} days, so it was given up." : run.Run.Message,
        clock.Now - start,
        run.Steps.Sum(step => Math.Max(0, step.Attempt - 1)),
        CriticalPath.Of(run.Steps, start),
        frames,
        givenUp);
}
