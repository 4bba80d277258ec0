using Fabric.Web.Live;
using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Engine.Simulation;

namespace Fabric.Web.Runtime.Desk;

/// <summary>Plays drafts through. A few at a time: each takes a processor for as long as it lasts.</summary>
internal sealed class BlueprintSimulations(BlueprintLibrary library, CatalogReads catalog, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim places = new(2);

    /// <summary>What can be chosen for a draft.</summary>
    public async Task<Outcome<SimulationForm>> FormAsync(string name, CancellationToken ct)
    {
        if (await library.DraftAsync(name, ct) is not { } draft)
            return new OperationFault(FaultKind.NotFound, "NotFound", $"There is no blueprint {name}.");
        var compiled = await library.CompileAsync(name, draft.Draft, 0, ct);
        return compiled.Blueprint is { } blueprint
            ? new SimulationForm(catalog.Graph(blueprint), blueprint.Parameters, Durations(blueprint), [])
            : new SimulationForm([], [], new Dictionary<string, TimeSpan>(), compiled.Faults);
    }

    /// <summary>Plays a draft through.</summary>
    public async Task<Outcome<SimulationResult>> PlayAsync(string name, SimulationWish wish, CancellationToken ct)
    {
        if (await library.DraftAsync(name, ct) is not { } draft)
            return new OperationFault(FaultKind.NotFound, "NotFound", $"There is no blueprint {name}.");
        var compiled = await library.CompileAsync(name, draft.Draft, 0, ct);
        if (compiled.Blueprint is not { } blueprint)
            return compiled.Faults.Select(fault => new OperationFault(FaultKind.Invalid, fault.Code, fault.ToString(), fault.Field)).ToArray();
        await places.WaitAsync(ct);
        try
        {
            return await Task.Run(() => BlueprintSimulation.PlayAsync(blueprint, library.Catalog, wish, time.GetUtcNow(), ct), ct);
        }
        finally
        {
            places.Release();
        }
    }

    public void Dispose() => places.Dispose();

    private Dictionary<string, TimeSpan> Durations(CompiledBlueprint blueprint)
    {
        var durations = new Dictionary<string, TimeSpan>(StringComparer.Ordinal);
        foreach (var node in blueprint.Nodes)
        {
            var simulated = node.Type is { } type && library.Catalog.Find(type) is { } found ? Placement.Choose(found, "sandbox")?.Simulated : null;
            if ((simulated?.Create ?? node.Gate?.Duration) is { } takes)
                durations[node.Name] = takes;
        }

        return durations;
    }
}
