using Fabric.Workflows.Environments;
using Fabric.Workflows.Runs;
using Fabric.Workflows.Tenancy;

namespace Fabric.Workflows.Engine.Operations;

/// <summary>What every operation asks first.</summary>
public static class Guard
{
    /// <summary>A fault when the actor may not do this to the environment: unseen tenants' things do not exist.</summary>
    public static OperationFault? Right(Actor actor, Right right, FabricEnvironment environment)
    {
        if (!actor.Scope.Includes(environment.Tenant))
            return NotFound("environment", environment.Id.ToString());
        return Rights.Has(actor.Role, right)
            ? null
            : new OperationFault(FaultKind.Forbidden, "Forbidden", $"The role {actor.Role} does not allow this; it needs the right {right}.");
    }

    /// <summary>A fault when someone was faster than the actor.</summary>
    public static OperationFault? Revision(FabricEnvironment environment, int? expected) => expected is { } seen && seen != environment.Revision
        ? new OperationFault(FaultKind.PreconditionFailed, "RevisionChanged", $"Environment {environment.Name} is at revision {environment.Revision}, not {seen}: look at what changed and try again.")
        : null;

    /// <summary>A fault when version, no-op flags or adopted outputs are not what the actor looked at: these raise no revision.</summary>
    public static OperationFault? Generation(FabricEnvironment environment, int? expected) => expected is { } seen && seen != environment.Generation
        ? new OperationFault(FaultKind.PreconditionFailed, "GenerationChanged", $"Environment {environment.Name} is at generation {environment.Generation}, not {seen}: look at what changed and try again.")
        : null;

    /// <summary>A fault when a yes (or no) is not the actor's to give.</summary>
    /// <param name="actor">Who says it.</param>
    /// <param name="run">The run it is said in.</param>
    /// <param name="what">What waits, for the sentence.</param>
    /// <param name="by">Whose yes is waited for; null for anybody's.</param>
    /// <param name="own">Whether the person who asked for the run may say it.</param>
    public static OperationFault? Word(Actor actor, Run run, string what, string? by, bool own)
    {
        if (!actor.SpeaksFor(run.Tenant, by))
            return new OperationFault(FaultKind.Forbidden, "WrongParty", $"{what} waits for the {by}'s yes, and you speak for the {actor.PartyIn(run.Tenant)}.");
        return own || run.ActorId != actor.Id
            ? null
            : new OperationFault(FaultKind.Forbidden, "OwnRun", $"{what} waits for somebody else's yes: run {run.Number} was asked for by you.");
    }

    /// <summary>A fault when the environment is over: its name is free then, and may be another's already.</summary>
    public static OperationFault? Standing(FabricEnvironment environment) => environment.State.IsOver()
        ? new OperationFault(FaultKind.WrongState, "WrongState", $"Environment {environment.Name} is {environment.State}; its history stays. Create a new one: the name is free.")
        : null;

    /// <summary>No such thing, or none that the actor may see.</summary>
    public static OperationFault NotFound(string what, string id) => new(FaultKind.NotFound, "NotFound", $"There is no {what} {id}.");
}
