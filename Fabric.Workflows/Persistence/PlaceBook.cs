using Fabric.Workflows.Audit;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Workflows.Persistence;

/// <summary>Which names are taken, and by which environment. Every change is one transaction that looks at the place's state itself.</summary>
internal sealed class PlaceBook(DirectoryStore directory)
{
    /// <summary>Reads places of every tenant.</summary>
    public async Task<List<EnvironmentPlace>> ListAsync(Func<IQueryable<EnvironmentPlace>, IQueryable<EnvironmentPlace>> which, CancellationToken cancellationToken)
    {
        await using var db = directory.Open(TenantScope.All);
        return await which(db.EnvironmentPlaces).ToListAsync(cancellationToken);
    }

    /// <summary>Takes the name.</summary>
    /// <exception cref="RowConflictException">The tenant has an environment of that name.</exception>
    public Task ReserveAsync(EnvironmentPlace place) => ChangeAsync(db =>
    {
        db.Add(place);
        return Task.CompletedTask;
    });

    /// <summary>Confirms a reservation. One that was given up meanwhile is taken anew: its environment is written.</summary>
    /// <exception cref="RowConflictException">The name was given to another environment meanwhile.</exception>
    public Task ConfirmAsync(EnvironmentPlace place) => ChangeAsync(async db =>
    {
        var confirmed = await db.EnvironmentPlaces.Where(p => p.Id == place.Id && p.State == PlaceState.Reserved)
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.State, PlaceState.Confirmed));
        if (confirmed == 0 && !await db.EnvironmentPlaces.AnyAsync(p => p.Id == place.Id))
            db.Add(place with { State = PlaceState.Confirmed });
    });

    /// <summary>Gives a reservation up; a place that was confirmed stays.</summary>
    /// <returns>How many were given up.</returns>
    public Task<int> FreeAsync(Guid id) => CountAsync(places => places.Where(p => p.Id == id && p.State == PlaceState.Reserved).ExecuteDeleteAsync());

    /// <summary>Frees the names of environments that were destroyed; by their ids they are found as before.</summary>
    /// <returns>How many were freed.</returns>
    public Task<int> ReleaseAsync(Guid[] ids) => CountAsync(places => places.Where(p => ids.Contains(p.Id) && p.State == PlaceState.Confirmed)
        .ExecuteUpdateAsync(set => set.SetProperty(p => p.State, PlaceState.Released)));

    private async Task<int> CountAsync(Func<IQueryable<EnvironmentPlace>, Task<int>> change)
    {
        var count = 0;
        await ChangeAsync(async db => count = await change(db.EnvironmentPlaces));
        return count;
    }

    // The audit event of a creation stands in the cell, in the commit that makes the environment; the place is bookkeeping. What was
    // begun is not broken off: a caller that goes away would leave a place half-way.
    private Task ChangeAsync(Func<DirectoryDb, Task> change) => directory.WriteAsync(change, Array.Empty<AuditEvent>(), CancellationToken.None);
}
