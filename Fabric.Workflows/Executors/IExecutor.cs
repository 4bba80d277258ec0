using System.Text.Json.Nodes;
using Fabric.Workflows.Catalog;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Runs;

namespace Fabric.Workflows.Executors;

/// <summary>
/// One way of doing work outside. Idempotent for the same <see cref="StepContext.OperationKey"/>, and never waits: what takes time is
/// started, and looked at again when the engine says so.
/// </summary>
public interface IExecutor
{
    /// <summary>The name steps and entities carry.</summary>
    string Name { get; }

    /// <summary>How many pieces of work of one cell may be under way at once.</summary>
    int Budget { get; }

    /// <summary>Whether a plan takes work outside: it is then made beside the owner's turns, also for the plan of a whole run.</summary>
    bool PlansOutside => false;

    /// <summary>Makes the real plan of one step. Changes nothing.</summary>
    ValueTask<StepResult> PlanAsync(StepContext step, CancellationToken cancellationToken);

    /// <summary>Makes the change, or starts it.</summary>
    ValueTask<StepResult> ApplyAsync(StepContext step, CancellationToken cancellationToken);

    /// <summary>Finds out how the change stands; never repeats it.</summary>
    ValueTask<StepResult> LookAsync(StepContext step, CancellationToken cancellationToken);

    /// <summary>Asks work under way to stop at a safe point.</summary>
    ValueTask CancelAsync(StepContext step, CancellationToken cancellationToken);

    /// <summary>Compares what stands with what was deployed. Changes nothing.</summary>
    ValueTask<StepResult> CheckAsync(StepContext step, CancellationToken cancellationToken);

    /// <summary>Lets go of what stands without touching it: its owner goes on with it alone. May be asked again.</summary>
    ValueTask<StepResult> HandOverAsync(StepContext step, CancellationToken cancellationToken) => new(StepResult.Completed(message: "It stays as it is."));
}

/// <summary>Everything an executor may know of one step.</summary>
public sealed record StepContext
{
    private readonly string? operationKey;

    /// <summary>The environment.</summary>
    public required FabricEnvironment Environment { get; init; }

    /// <summary>The run.</summary>
    public required Run Run { get; init; }

    /// <summary>The step.</summary>
    public required Step Step { get; init; }

    /// <summary>The entity; null for gates.</summary>
    public Entity? Entity { get; init; }

    /// <summary>The type it runs with (the deployed one for a delete); null for gates.</summary>
    public EntityType? Type { get; init; }

    /// <summary>The implementation that was chosen when the environment was created; null for gates.</summary>
    public Implementation? Implementation { get; init; }

    /// <summary>Wanted configuration, bindings resolved; what is not known yet is missing. Null for a delete.</summary>
    public JsonObject? Config { get; init; }

    /// <summary>Paths of the configuration that are not known yet.</summary>
    public IReadOnlyList<string> UnknownPaths { get; init; } = [];

    /// <summary>Bindings that can never be resolved, as sentences.</summary>
    public IReadOnlyList<string> Faults { get; init; } = [];

    /// <summary>Rules of the blueprint that a plan must satisfy.</summary>
    public IReadOnlyList<Blueprints.BlueprintPolicy> Policies { get; init; } = [];

    /// <summary>Name of the operation, in an action run; null otherwise.</summary>
    public string? Operation { get; init; }

    /// <summary>Gate settings, for gates.</summary>
    public Blueprints.GateSpec? Gate { get; init; }

    /// <summary>Same for every attempt of this step in this run, so an executor can tell its own work.</summary>
    public string OperationKey
    {
        get => operationKey ?? $"{Run.Id:N}/{Step.Node}";
        init => operationKey = value;
    }
}
