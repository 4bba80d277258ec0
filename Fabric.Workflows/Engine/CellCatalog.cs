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

    /// <summary>Where the types of a blueprint version come from: the catalog, or the cell's own copies where the catalog has other content.</summary>
    public async Task<EntityCatalogLookup> LookupAsync(CompiledBlueprint blueprint, EntityCatalog catalog, CancellationToken cancellationToken)
    {
        var copies = new Dictionary<EntityTypeRef, EntityType>();
        foreach (var type in blueprint.Types.Where(type => catalog.Find(type) is null))
        {
            if (await FindTypeAsync(type.Name, type.Version, cancellationToken) is { } copy && copy.Hash == type.Hash)
                copies[type] = copy;
        }

        return type => catalog.Find(type) ?? copies.GetValueOrDefault(type);
    }

    /// <summary>Puts copies into the cell that it does not have yet. What it has under a version stays what it is.</summary>
    /// <returns>The fault, with both hashes, when it has other content under that version; null when all is there.</returns>
    public async Task<OperationFault?> EnsureAsync(CompiledBlueprint blueprint, IEnumerable<EntityType> used, CancellationToken cancellationToken)
    {
        var types = used.ToList();
        while (true)
        {
            var missing = await cell.ReadAsync(TenantScope.All, db => MissingAsync(db, blueprint, types, cancellationToken));
            if (!missing.Succeeded)
                return missing.Faults[0];
            try
            {
                await cell.Journal.CommitAsync(missing.Value, cancellationToken);
                return null;
            }
            catch (RowConflictException)
            {
                // Somebody else put one of them at the same moment: look at what it is.
            }
        }
    }

    private async Task<Outcome<JournalBatch>> MissingAsync(CellDb db, CompiledBlueprint blueprint, IEnumerable<EntityType> used, CancellationToken cancellationToken)
    {
        var batch = new JournalBatch();
        var version = await db.CellBlueprints.SingleOrDefaultAsync(b => b.Name == blueprint.Name && b.Version == blueprint.Version, cancellationToken);
        if (version is null)
            batch.Add(new CellBlueprint { Name = blueprint.Name, Version = blueprint.Version, Hash = blueprint.Hash, Json = blueprint.ToJson() });
        else if (version.Hash != blueprint.Hash)
            return Changed($"blueprint {blueprint.Name} version {blueprint.Version}", version.Hash, blueprint.Hash);
        foreach (var type in used)
        {
            var copy = await db.CellEntityTypes.SingleOrDefaultAsync(t => t.Name == type.Name && t.Version == type.Version, cancellationToken);
            if (copy is null)
                batch.Add(new CellEntityType { Name = type.Name, Version = type.Version, Hash = type.Hash, Json = type.ToJson() });
            else if (copy.Hash != type.Hash)
                return Changed($"entity type {type.Ref}", copy.Hash, type.Hash);
        }

        return batch;
    }

    /// <summary>A version of an entity type.</summary>
    public async Task<EntityType> TypeAsync(string name, string version, CancellationToken cancellationToken) =>
        await FindTypeAsync(name, version, cancellationToken) ?? throw new InvalidOperationException($"Cell {cell.Slug} has no copy of entity type {name}@{version}.");

    private async Task<EntityType?> FindTypeAsync(string name, string version, CancellationToken cancellationToken)
    {
        if (types.TryGetValue((name, version), out var known))
            return known;
        await using var db = cell.Open(TenantScope.All);
        return await db.CellEntityTypes.SingleOrDefaultAsync(t => t.Name == name && t.Version == version, cancellationToken) is { } row
            ? types.GetOrAdd((name, version), EntityType.FromJson(row.Json))
            : null;
    }

    private OperationFault Changed(string what, string before, string now) => new(
        FaultKind.Conflict, FaultCodes.ContentChanged, $"The content of {what} changed under the same version: cell {cell.Slug} has {before}, and this is {now}. Give the new content a new version.");
}
