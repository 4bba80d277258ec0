using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Workflows.Catalog;

/// <summary>Which content stands behind which version already: what published blueprints pin, and what cells have copies of.</summary>
public static class KnownTypes
{
    /// <summary>Reads them all; who recorded a version first is right. A cell that cannot be read holds its own copies against change.</summary>
    public static async Task<IReadOnlyList<EntityTypeRef>> ReadAsync(FabricStorage storage, CancellationToken ct = default)
    {
        var known = new List<EntityTypeRef>();
        await using (var db = storage.Directory.Open(TenantScope.All))
        {
            var published = await db.BlueprintVersions.OrderBy(version => version.PublishedAt).Select(version => version.Json).ToListAsync(ct);
            known.AddRange(published.SelectMany(json => CompiledBlueprint.FromJson(json).Types));
        }

        foreach (var cell in storage.Cells.All)
        {
            try
            {
                known.AddRange(await cell.ReadAsync(
                    TenantScope.All, db => db.CellEntityTypes.Select(type => new EntityTypeRef(type.Name, type.Version, type.Hash)).ToListAsync(ct)));
            }
            catch (CellUnreachableException e)
            {
                storage.Cells.MarkUnreachable(cell, e.Sentence);
            }
        }

        return [.. known.DistinctBy(type => type.ToString())];
    }
}
