using Fabric.Workflows.Environments;
using Fabric.Workflows.Runs;
using Fabric.Workflows.Tenancy;

namespace Fabric.Workflows.Engine.Operations;

/// <summary>Asks for a run on an environment.</summary>
/// <param name="Actor">Who asks.</param>
/// <param name="Kind">What it does.</param>
/// <param name="Target">For <see cref="RunKind.Action"/>: <c>node/operation</c>.</param>
/// <param name="Why">In the actor's words.</param>
/// <param name="ExpectedRevision">The revision the actor looked at; null to not care.</param>
/// <param name="ExpectedGeneration">The generation the actor looked at; null to not care.</param>
public sealed record StartRun(Actor Actor, RunKind Kind, string? Target = null, string Why = "", int? ExpectedRevision = null, int? ExpectedGeneration = null)
    : Operation(Actor)
{
    /// <inheritdoc/>
    /// <remarks>A newer changing run supersedes one that has not begun; one that is going is waited for.</remarks>
    public override Outcome<OperationDone> Execute(Turn turn)
    {
        var environment = turn.State.Environment;
        if (Guard.Right(Actor, Kind.EndsEnvironment() ? Right.Delete : Right.Change, environment) is { } forbidden)
            return forbidden;
        if ((Guard.Revision(environment, ExpectedRevision) ?? Guard.Generation(environment, ExpectedGeneration)) is { } stale)
            return stale;
        return Refuse(turn) is { } wrong ? wrong : Begin(turn, environment);
    }

    private Outcome<OperationDone> Begin(Turn turn, FabricEnvironment environment)
    {
        var run = new Run
        {
            Id = Guid.CreateVersion7(turn.Now),
            Tenant = environment.Tenant,
            EnvironmentId = environment.Id,
            Number = ++turn.State.LastRunNumber,
            Kind = Kind,
            Generation = environment.Generation,
            BlueprintVersion = turn.State.Desired[environment.Generation].Generation.BlueprintVersion,
            Operation = Target,
            ActorId = Actor.Id,
            ActorName = Actor.Name,
            Why = Why,
            CreatedAt = turn.Now,
        };
        turn.PutRun(run);
        turn.Tell(run, new Notice("RunRequested", null, 0, "", $"{Kind} asked for by {Actor.Name}."), Actor.Name);
        turn.Audit(Actor, $"run.{Kind.ToString().ToLowerInvariant()}", $"environment/{environment.Id}", $"Run {run.Number} ({Kind}) of {environment.Name}.");
        if (Kind is RunKind.Check)
            turn.Begin(run);
        else
            Queue(turn, run);
        return new OperationDone(run);
    }

    /// <summary>Why the environment can have no such run now; null when it can. Changes nothing.</summary>
    internal OperationFault? Refuse(Turn turn)
    {
        var environment = turn.State.Environment;
        if (Guard.Standing(environment) is { } destroyed)
            return destroyed;
        if (Kind is not RunKind.Check && Ending(turn.State) is { } ending)
            return new OperationFault(FaultKind.WrongState, "WrongState", ending);
        if (Kind is not RunKind.Action)
            return null;
        var parts = Target?.Split('/') ?? [];
        if (parts.Length != 2 || !turn.State.Entities.TryGetValue(parts[0], out var entity) || !entity.Stands)
            return new OperationFault(FaultKind.NotFound, "UnknownEntity", $"There is no entity {parts.FirstOrDefault()} that stands in {environment.Name}.", "operation");
        var type = entity.Type.Split('@');
        return turn.State.Desired[environment.Generation].TypeOf(type[0], type[1])?.Operations.ContainsKey(parts[1]) is true
            ? null
            : new OperationFault(FaultKind.NotFound, "UnknownOperation", $"{entity.Type} has no operation {parts[1]}.", "operation");
    }

    /// <summary>Says which run is about to end the environment; null when none is.</summary>
    private static string? Ending(OwnerState state)
    {
        var name = state.Environment.Name;
        if (state.Active?.Run is { CancelRequested: false } active && active.Kind.EndsEnvironment())
            return $"Environment {name} is {(active.Kind is RunKind.Destroy ? "Destroying" : "being handed over")} (run {active.Number}); cancel that run first.";
        return state.Pending is { } waiting && waiting.Kind.EndsEnvironment()
            ? $"Environment {name} is to be {(waiting.Kind is RunKind.Destroy ? "destroyed" : "handed over")}: run {waiting.Number} waits for the run before it. To keep the environment, cancel run {waiting.Number} first."
            : null;
    }

    private void Queue(Turn turn, Run run)
    {
        if (turn.State.Pending is { } waiting)
            Supersede(turn, waiting, run);
        turn.State.Pending = run;
        turn.Change(environment => environment with { PendingRunId = run.Id });
        if (turn.State.Active is not { } active)
            return;
        if (RunTransitions.Supersede.Allows(active.Run))
        {
            Supersede(turn, active.Run, run);
            turn.State.Runs.Remove(active.Run.Id);
            turn.State.NextLooks.Remove(active.Run.Id);
            turn.Change(environment => environment with { ActiveRunId = null });
        }
        else if (Kind.EndsEnvironment() && !active.Run.CancelRequested)
        {
            turn.Take(Planner.Act(active, new PersonAct(ActKind.Cancel, Actor.Name), turn.Now, turn.Rules));
        }
    }

    private static void Supersede(Turn turn, Run old, Run by)
    {
        var over = RunTransitions.Supersede.Fire(old, turn.Now, Reasons.NewerGeneration, $"Run {by.Number} took its place.");
        turn.PutRun(over);
        turn.Tell(over, new Notice("RunSuperseded", null, 0, Reasons.NewerGeneration, over.Message));
    }
}
