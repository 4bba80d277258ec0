using System.Text.Json.Serialization;
using Fabric.Workflows.Runs;
using Fabric.Workflows.Tenancy;

namespace Fabric.Workflows.Engine.Operations;

/// <summary>A wish for an environment, made outside its owner and carried out inside: it travels as JSON.</summary>
/// <param name="Actor">Who wishes.</param>
[JsonDerivedType(typeof(StartRun), "startRun")]
[JsonDerivedType(typeof(ChangeDesired), "changeDesired")]
[JsonDerivedType(typeof(DecideRun), "decideRun")]
[JsonDerivedType(typeof(DecideStep), "decideStep")]
public abstract record Operation(Actor Actor)
{
    /// <summary>Reads what the operation needs; changes nothing.</summary>
    public virtual Task PrepareAsync(EngineHost host, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Checks, then changes the turn.</summary>
    public abstract Outcome<OperationDone> Execute(Turn turn);
}

/// <summary>What an operation did.</summary>
/// <param name="Run">The run it started or changed.</param>
/// <param name="Step">The step it changed; null when it was about the run.</param>
public sealed record OperationDone(Run Run, Step? Step = null);
