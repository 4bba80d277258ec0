using System.Text.Json.Nodes;
using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Executors;
using Fabric.Workflows.Runs;

namespace Fabric.Workflows.Engine;

/// <summary>What the owner of an environment holds in memory. The cell database is the truth; this is loaded from it at take-over.</summary>
public sealed class OwnerState
{
    private readonly Dictionary<(Guid Run, string Node), StepInputs> inputs = [];

    /// <summary>The environment's row.</summary>
    public required FabricEnvironment Environment { get; set; }

    /// <summary>Entities by node.</summary>
    public required Dictionary<string, Entity> Entities { get; init; }

    /// <summary>Desired states by generation number: the newest, and that of every run that is going.</summary>
    public required Dictionary<int, DesiredState> Desired { get; init; }

    /// <summary>Runs that are going, and the one that failed last (it can be taken up again).</summary>
    public Dictionary<Guid, RunSnapshot> Runs { get; } = [];

    /// <summary>Plans that are made outside for runs in planning, by run.</summary>
    public Dictionary<Guid, PlansOutside> PlansOutside { get; } = [];

    /// <summary>When each run must be decided on again.</summary>
    public Dictionary<Guid, DateTimeOffset?> NextLooks { get; } = [];

    /// <summary>Who said yes or no in the runs that are going.</summary>
    public List<Approval> Approvals { get; } = [];

    /// <summary>What agents had said of the entities when the environment was taken over.</summary>
    public IReadOnlyList<Fleet.IntentReport> Reports { get; init; } = [];

    /// <summary>The changing run that waits for its turn.</summary>
    public Run? Pending { get; set; }

    /// <summary>The changing run that ended last.</summary>
    public Run? Last { get; set; }

    /// <summary>Number of the newest run.</summary>
    public int LastRunNumber { get; set; }

    /// <summary>The changing run that is going; null when none is.</summary>
    public RunSnapshot? Active => Environment.ActiveRunId is { } id ? Runs.GetValueOrDefault(id) : null;

    /// <summary>Outputs of a node as they stand; adopted ones for a no-op; null while there are none.</summary>
    public JsonObject? OutputsOf(DesiredState desired, string node)
    {
        if (desired.NoOp.Contains(node))
            return StepInputs.AdoptedOutputs(desired, node) ?? Entities.GetValueOrDefault(node)?.Outputs ?? [];
        return Entities.GetValueOrDefault(node) is { DeployedGeneration: > 0 } entity ? entity.Outputs ?? [] : null;
    }

    /// <summary>What an executor is told of a step.</summary>
    /// <param name="run">The run.</param>
    /// <param name="step">The step.</param>
    /// <param name="outputsOf">Outputs as the caller knows them; by default as they stand.</param>
    public StepContext ContextOf(Run run, Step step, Func<string, JsonObject?>? outputsOf = null)
    {
        var desired = Desired[run.Generation];
        var entity = Entities.GetValueOrDefault(step.Node);
        var node = desired.Blueprint.Find(step.Node);
        var wanted = node is not null && run.Kind is RunKind.Apply && step.Action is not PlanAction.Delete;
        var parts = step.Type?.Split('@');
        var type = parts is null ? null : desired.TypeOf(parts[0], parts[1]);
        var inputs = wanted ? InputsOf(run, step, desired, node!, type, outputsOf) : null;
        return new StepContext
        {
            Environment = Environment,
            Run = run,
            Step = step,
            Entity = entity,
            Type = type,
            Implementation = type is null ? null : Placement.Choose(type, Environment.Cloud),
            Config = inputs?.Config ?? (run.Kind is RunKind.Check or RunKind.Action ? entity?.Config : null),
            UnknownPaths = inputs?.UnknownPaths ?? [],
            Faults = inputs?.Errors ?? [],
            Policies = desired.Blueprint.Policies ?? [],
            Gate = node?.Gate,
            Operation = run.Kind is RunKind.Action ? run.Operation?.Split('/')[^1] : null,
        };
    }

    /// <summary>What a step was planned with is what it applies and what it has deployed; after a take-over it is resolved anew.</summary>
    private StepInputs InputsOf(Run run, Step step, DesiredState desired, BlueprintNode node, Catalog.EntityType? type, Func<string, JsonObject?>? outputsOf)
    {
        if (outputsOf is not null)
            return Filled(StepInputs.Resolve(Environment, desired, node, outputsOf), type);
        if (step.State is not StepState.Planning && inputs.TryGetValue((run.Id, step.Node), out var planned))
            return planned;
        return inputs[(run.Id, step.Node)] = Filled(StepInputs.Resolve(Environment, desired, node, name => OutputsOf(desired, name)), type);
    }

    /// <summary>A run is over.</summary>
    public void ForgetInputsOf(Guid runId)
    {
        foreach (var key in inputs.Keys.Where(key => key.Run == runId).ToList())
            inputs.Remove(key);
    }

    private static StepInputs Filled(StepInputs resolved, Catalog.EntityType? type)
    {
        if (type is not null)
            SchemaCheck.Fill(resolved.Config, type.Config);
        return resolved;
    }

    /// <summary>What a finished step put in place; null when it put nothing.</summary>
    public Applied? AppliedBy(Run run, Step step, StepResult? result)
    {
        var desired = Desired[run.Generation];
        if (step.State is not (StepState.Succeeded or StepState.Skipped) || step.Action is PlanAction.Delete or PlanAction.HandOver || desired.Blueprint.Find(step.Node) is not { } node)
            return null;
        var context = step.State is StepState.Succeeded ? ContextOf(run, step) : null;
        inputs.Remove((run.Id, step.Node));
        var outputs = step.NoOp ? StepInputs.AdoptedOutputs(desired, step.Node) : result?.Outputs;
        return new Applied(run.Generation, step.Type, context?.Type?.Hash, context?.Config, outputs, result?.Health, desired.EntitiesBefore(node));
    }
}
