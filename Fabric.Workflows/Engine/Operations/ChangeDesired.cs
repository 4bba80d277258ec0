using System.Text.Json.Nodes;
using Fabric.Workflows.Configuration;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Runs;
using Fabric.Workflows.Tenancy;

namespace Fabric.Workflows.Engine.Operations;

/// <summary>Writes a new generation (and, when values changed, a revision) and asks for the run that converges to it, in one commit.</summary>
/// <param name="Actor">Who changes it.</param>
/// <param name="Generation">The new desired state; its number is the one after the newest.</param>
/// <param name="Values">The environment layer as it will be; null when no value changed.</param>
/// <param name="LayerVersions">Versions of the layers that were merged.</param>
/// <param name="Message">Why, in the actor's words.</param>
/// <param name="ExpectedRevision">The revision the actor looked at; null to not care.</param>
/// <param name="ExpectedGeneration">The generation the actor looked at; null to not care. Not every generation has a revision of its own.</param>
public sealed record ChangeDesired(
    Actor Actor, Generation Generation, JsonObject? Values, JsonObject LayerVersions, string Message, int? ExpectedRevision, int? ExpectedGeneration = null)
    : Operation(Actor)
{
    private DesiredState? desired;

    /// <inheritdoc/>
    public override async Task PrepareAsync(EngineHost host, CancellationToken cancellationToken) =>
        desired = await host.Catalog.DesiredAsync(Generation, [], cancellationToken);

    /// <inheritdoc/>
    public override Outcome<OperationDone> Execute(Turn turn)
    {
        var environment = turn.State.Environment;
        if (Guard.Right(Actor, Right.Change, environment) is { } forbidden)
            return forbidden;
        if ((Guard.Revision(environment, ExpectedRevision) ?? Guard.Generation(environment, ExpectedGeneration)) is { } stale)
            return stale;
        if (environment.State is EnvironmentState.Destroying || environment.State.IsOver())
            return new OperationFault(FaultKind.WrongState, "WrongState", $"Environment {environment.Name} is {environment.State}.");
        if (Generation.Number != environment.Generation + 1)
            return new OperationFault(FaultKind.Conflict, "GenerationChanged", $"Someone else changed {environment.Name} at the same moment: try again.");
        var run = new StartRun(Actor, RunKind.Apply, Why: Message);
        if (run.Refuse(turn) is { } wrong)
            return wrong;
        turn.Add(Generation);
        turn.State.Desired[Generation.Number] = desired!.Including(turn.State.Desired[environment.Generation]);
        turn.Change(e => e with { Generation = Generation.Number, Revision = Generation.Revision });
        var before = turn.State.Desired[environment.Generation].Generation;
        if (Values is not null)
            turn.Add(RevisionOf(turn, environment, before));
        turn.Audit(Actor, "environment.change", $"environment/{environment.Id}", $"Generation {Generation.Number} of {environment.Name}.");
        return run.Execute(turn);
    }

    private Revision RevisionOf(Turn turn, FabricEnvironment environment, Generation before) => new()
    {
        EnvironmentId = environment.Id,
        Number = Generation.Revision,
        Tenant = environment.Tenant,
        Values = Values!,
        LayerVersions = LayerVersions,
        Changes = ValueDiff.Compare(before.Parameters, Generation.Parameters),
        Message = Message,
        ActorId = Actor.Id,
        ActorName = Actor.Name,
        CreatedAt = turn.Now,
    };
}
