using Fabric.Workflows.Persistence;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Workflows.Executors.Terraform;

/// <summary>
/// Forgets what of Terraform's work is too old to be asked for: logs of steps, leases that have ended, plans that nobody applied, versions of
/// states. What stands is never forgotten: the newest versions of each state, what was set aside for a person, and what each entity was
/// applied with last.
/// </summary>
/// <param name="cell">The cell.</param>
/// <param name="options">How long, and how many.</param>
/// <param name="time">The clock.</param>
public sealed class Retention(Cell cell, TerraformOptions options, TimeProvider time)
{
    private const int AtOnce = 200;

    /// <summary>Forgets, a batch at a time.</summary>
    /// <returns>Rows that went.</returns>
    public async Task<int> ForgetAsync(CancellationToken ct)
    {
        var before = time.GetUtcNow() - TimeSpan.FromDays(options.KeepDays);
        var gone = await AllAsync(db => db.StepLogs.Where(log => log.At < before).Take(AtOnce).Select(log => (object)log), ct);
        gone += await AllAsync(db => db.KeptPlans.Where(plan => plan.MadeAt < before && (plan.UsedBy == null || plan.Sealed == null)).Take(AtOnce).Select(plan => (object)plan), ct);
        // A lease that applied what stands is still asked how that went, should its step ever be.
        gone += await AllAsync(db => db.Leases.Where(lease => lease.EndedAt < before && !db.KeptPlans.Any(plan => plan.UsedBy == lease.Id)).Take(AtOnce).Select(lease => (object)lease), ct);
        return gone + await StatesAsync(before, ct);
    }

    private async Task<int> StatesAsync(DateTimeOffset before, CancellationToken ct)
    {
        var entities = await cell.ReadAsync(
            TenantScope.All, db => db.StateVersions.GroupBy(version => version.EntityId).Select(versions => new { Id = versions.Key, Newest = versions.Max(version => version.Number) }).ToListAsync(ct));
        var gone = 0;
        foreach (var entity in entities)
        {
            var last = entity.Newest - options.KeepStates;
            gone += await AllAsync(
                db => db.StateVersions.Where(version => version.EntityId == entity.Id && version.Number <= last && version.At < before && !version.Aside)
                    .Where(version => db.StateVersions.Any(newer => newer.EntityId == entity.Id && newer.Number > version.Number && !newer.Aside)).OrderBy(version => version.Number).Take(AtOnce)
                    .Join(db.StateBodies, version => new { version.EntityId, version.Number }, body => new { body.EntityId, body.Number }, (version, body) => new object[] { version, body }),
                ct);
        }

        return gone;
    }

    private Task<int> AllAsync(Func<CellDb, IQueryable<object>> old, CancellationToken ct) => AllAsync(db => old(db).Select(row => new object[] { row }), ct);

    private async Task<int> AllAsync(Func<CellDb, IQueryable<object[]>> old, CancellationToken ct)
    {
        var gone = 0;
        while (await cell.ReadAsync(TenantScope.All, db => old(db).ToListAsync(ct)) is { Count: > 0 } rows)
        {
            await cell.Journal.CommitAsync(rows.SelectMany(row => row).Aggregate(new JournalBatch(), (batch, row) => batch.Remove(row)), ct);
            gone += rows.Count;
        }

        return gone;
    }
}
