using System.Text.Json.Nodes;
using Fabric.Tests.Support;
using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Catalog;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Engine.Operations;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Runs;

namespace Fabric.Tests.Engine.Simulation;

/// <summary>What tests ask of an environment, and the wait for what comes of it.</summary>
internal static class Journey
{
    /// <summary>Asks for a run and returns it when it has ended.</summary>
    public static async Task<Run> RunAsync(this EngineBed bed, EnvironmentOwner owner, RunKind kind)
    {
        var ended = bed.WaitAsync(run => run.Kind == kind && run.State.IsTerminal(), $"a {kind} that ended");
        Value(await owner.ExecuteAsync(new StartRun(EngineBed.Person, kind), TestContext.Current.CancellationToken));
        return await ended;
    }

    /// <summary>Writes a new generation and returns its run when it has ended.</summary>
    public static async Task<Run> ChangeAsync(this EngineBed bed, EnvironmentOwner owner, Guid id, CompiledBlueprint blueprint, JsonObject parameters, params EntityType[] types)
    {
        var ended = bed.WaitAsync(run => run.State.IsTerminal(), "the end of the change");
        Value(await owner.ExecuteAsync(await bed.ChangeOfAsync(id, blueprint, parameters, types), TestContext.Current.CancellationToken));
        return await ended;
    }

    /// <summary>A change of an environment's desired state.</summary>
    public static async Task<ChangeDesired> ChangeOfAsync(this EngineBed bed, Guid id, CompiledBlueprint blueprint, JsonObject parameters, params EntityType[] types)
    {
        await bed.Host.Catalog.EnsureAsync(blueprint, types.Length > 0 ? types : [EngineBed.Type()], TestContext.Current.CancellationToken);
        var environment = (await bed.ReadAsync(db => db.Environments.FindAsync([id]).AsTask()))!;
        var generation = new Generation
        {
            EnvironmentId = id,
            Number = environment.Generation + 1,
            Tenant = environment.Tenant,
            Blueprint = blueprint.Name,
            BlueprintVersion = blueprint.Version,
            Revision = environment.Revision + 1,
            Parameters = parameters,
            NoOp = [],
            Adopted = [],
            CreatedAt = DateTimeOffset.UtcNow,
            ActorId = EngineBed.Person.Id,
        };
        return new ChangeDesired(EngineBed.Person, generation, parameters.DeepClone().AsObject(), [], "a test", null);
    }

    public static JsonObject Size(int size) => new() { ["size"] = size };

    public static T Value<T>(Outcome<T> outcome)
    {
        Assert.True(outcome.Succeeded, string.Join(' ', outcome.Faults.Select(fault => fault.Message)));
        return outcome.Value;
    }
}
