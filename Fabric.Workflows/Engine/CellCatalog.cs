using System.Collections.Concurrent;
using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Catalog;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Workflows.Engine;

/// <summary>The cell's own copies of published versions: it works without the directory. What is published never changes, so parsed copies are kept.</summary>
public sealed class CellCatalog(Cell cell)
{
    private readonly ConcurrentDictionary<(string Name, int Version), CompiledBlueprint> blueprints = new();
    private readonly ConcurrentDictionary<(string Name, string Version), EntityType> types = new();

    /// <summary>A generation with all it refers to, and the deployed types of entities that the blueprint no longer has.</summary>
    /// <param name="generation">The generation.</param>
    /// <param name="deployedTypes">Types (<c>name@version</c>) of entities that stand.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async Task<DesiredState> DesiredAsync(Generation generation, IEnumerable<string> deployedTypes, CancellationToken cancellationToken)
    {
        var blueprint = await BlueprintAsync(generation.Blueprint, generation.BlueprintVersion, cancellationToken);
        var wanted = blueprint.Nodes.Where(node => node.Type is not null).Select(node => (node.Type!.Name, node.Type.Version));
        var deployed = deployedTypes.Select(type => type.Split('@')).Select(parts => (parts[0], parts[1]));
        var found = new List<EntityType>();
        foreach (var (name, version) in wanted.Concat(deployed).Distinct())
            found.Add(await TypeAsync(name, version, cancellationToken));
        return new DesiredState(generation, blueprint, found);
    }

    /// <summary>A published version.</summary>
    public async Task<CompiledBlueprint> BlueprintAsync(string name, int version, CancellationToken cancellationToken)
    {
        if (blueprints.TryGetValue((name, version), out var known))
            return known;
        await using var db = cell.Open(TenantScope.All);
        var row = await db.CellBlueprints.SingleOrDefaultAsync(b => b.Name == name && b.Version == version, cancellationToken)
            ?? throw new InvalidOperationException($"Cell {cell.Slug} has no copy of blueprint {name} version {version}.");
        return blueprints.GetOrAdd((name, version), CompiledBlueprint.FromJson(row.Json));
    }

    /// <summary>Puts copies into the cell that it does not have yet.</summary>
    public async Task EnsureAsync(CompiledBlueprint blueprint, IEnumerable<EntityType> used, CancellationToken cancellationToken)
    {
        var batch = new JournalBatch();
        batch.Put(new CellBlueprint { Name = blueprint.Name, Version = blueprint.Version, Hash = blueprint.Hash, Json = blueprint.ToJson() });
        foreach (var type in used)
            batch.Put(new CellEntityType { Name = type.Name, Version = type.Version, Hash = type.Hash, Json = type.ToJson() });
        await cell.Journal.CommitAsync(batch, cancellationToken);
    }

    /// <summary>A version of an entity type.</summary>
    public async Task<EntityType> TypeAsync(string name, string version, CancellationToken cancellationToken)
    {
        if (types.TryGetValue((name, version), out var known))
            return known;
        await using var db = cell.Open(TenantScope.All);
        var row = await db.CellEntityTypes.SingleOrDefaultAsync(t => t.Name == name && t.Version == version, cancellationToken)
            ?? throw new InvalidOperationException($"Cell {cell.Slug} has no copy of entity type {name}@{version}.");
        return types.GetOrAdd((name, version), EntityType.FromJson(row.Json));
    }
}
