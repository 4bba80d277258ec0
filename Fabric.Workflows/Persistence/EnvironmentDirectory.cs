using Fabric.Workflows.Audit;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Workflows.Persistence;

/// <summary>
/// Creates environments across the directory and a cell, which share no transaction: reserve the name, write the cell, confirm.
/// What a crash leaves half-way is completed or released by <see cref="RepairAsync"/>.
/// </summary>
/// <param name="directory">Knows the names.</param>
/// <param name="cells">Have the rows.</param>
/// <param name="time">The clock.</param>
/// <param name="patience">A reservation younger than this may still be at work on another server; zero where there can be none.</param>
public sealed class EnvironmentDirectory(DirectoryStore directory, CellRegistry cells, TimeProvider time, TimeSpan patience)
{
    private const int ReleasesAtOnce = 500;

    /// <summary>Creates an environment: its name is taken in the directory, its rows are written in its cell.</summary>
    /// <param name="environment">The environment; its cell must be open.</param>
    /// <param name="batch">Everything the cell gets, the environment's own row and its audit event included.</param>
    /// <param name="cancellationToken">Stops waiting; what was begun is completed or released later.</param>
    /// <returns>The rows as the cell wrote them.</returns>
    /// <exception cref="RowConflictException">The tenant has an environment of that name.</exception>
    /// <exception cref="CellUnreachableException">The cell cannot be written; the name is free again.</exception>
    public async Task<IReadOnlyList<object>> CreateAsync(FabricEnvironment environment, JournalBatch batch, CancellationToken cancellationToken = default)
    {
        var cell = cells.Get(environment.Cell);
        var place = new EnvironmentPlace
        {
            Id = environment.Id,
            Tenant = environment.Tenant,
            Name = environment.Name,
            Cell = environment.Cell,
            State = PlaceState.Reserved,
            ReservedAt = time.GetUtcNow(),
        };
        await ReserveAsync(place, cancellationToken);
        IReadOnlyList<object> rows;
        try
        {
            rows = await cell.Journal.CommitAsync(batch, cancellationToken);
        }
        catch (Exception e) when (e is RowConflictException or StaleEpochException or CellUnreachableException { OutcomeUnknown: false })
        {
            await FreeAsync(place.Id, CancellationToken.None);
            throw;
        }

        await ConfirmAsync(place.Id, CancellationToken.None);
        return rows;
    }

    /// <summary>Where the environment lives, or lived until it was destroyed; null when the scope has no such environment.</summary>
    public async Task<EnvironmentPlace?> FindAsync(Guid environmentId, TenantScope scope, CancellationToken cancellationToken = default)
    {
        await using var db = directory.Open(scope);
        return await db.EnvironmentPlaces.SingleOrDefaultAsync(p => p.Id == environmentId, cancellationToken);
    }

    /// <summary>Frees the name of an environment that was destroyed; by its id it is found as before.</summary>
    public Task ReleaseAsync(Guid environmentId, CancellationToken cancellationToken = default) => ReleaseAsync([environmentId], cancellationToken);

    /// <summary>
    /// Confirms what its cell has, takes back what it has not, and frees the names of what was destroyed. What lies in cells that are
    /// unreachable waits for the next time.
    /// </summary>
    /// <returns>How many were settled.</returns>
    public async Task<int> RepairAsync(CancellationToken cancellationToken = default)
    {
        List<EnvironmentPlace> halfway;
        await using (var db = directory.Open(TenantScope.All))
            halfway = await db.EnvironmentPlaces.Where(p => p.State == PlaceState.Reserved).ToListAsync(cancellationToken);
        var settled = 0;
        foreach (var place in halfway.Where(p => time.GetUtcNow() - p.ReservedAt >= patience))
        {
            if (cells.Find(place.Cell) is not { } cell)
                continue;
            await using var db = cell.Open(TenantScope.All);
            var exists = await db.Environments.AnyAsync(e => e.Id == place.Id, cancellationToken);
            await (exists ? ConfirmAsync(place.Id, cancellationToken) : FreeAsync(place.Id, cancellationToken));
            settled++;
        }

        foreach (var cell in cells.All)
        {
            await using var db = cell.Open(TenantScope.All);
            var gone = await db.Environments.Where(e => e.State == EnvironmentState.Destroyed).Select(e => e.Id).ToListAsync(cancellationToken);
            foreach (var some in gone.Chunk(ReleasesAtOnce))
                settled += await ReleaseAsync(some, cancellationToken);
        }

        return settled;
    }

    /// <summary>Takes the name. When its last holder was destroyed and only its release is missing, that is made up for first.</summary>
    private async Task ReserveAsync(EnvironmentPlace place, CancellationToken cancellationToken)
    {
        Task AddAsync() => ChangeAsync(
            db =>
            {
                db.Add(place);
                return Task.CompletedTask;
            },
            cancellationToken);
        try
        {
            await AddAsync();
        }
        catch (RowConflictException)
        {
            if (!await ReleaseDestroyedHolderAsync(place, cancellationToken))
                throw;
            await AddAsync();
        }
    }

    private async Task<bool> ReleaseDestroyedHolderAsync(EnvironmentPlace wanted, CancellationToken cancellationToken)
    {
        await using var db = directory.Open(TenantScope.All);
        var holder = await db.EnvironmentPlaces
            .SingleOrDefaultAsync(p => p.Tenant == wanted.Tenant && p.Name == wanted.Name && p.State == PlaceState.Confirmed, cancellationToken);
        if (holder is null || cells.Find(holder.Cell) is not { } cell)
            return false;
        await using var rows = cell.Open(TenantScope.All);
        return await rows.Environments.AnyAsync(e => e.Id == holder.Id && e.State == EnvironmentState.Destroyed, cancellationToken)
            && await ReleaseAsync([holder.Id], cancellationToken) > 0;
    }

    private async Task<int> ReleaseAsync(Guid[] ids, CancellationToken cancellationToken)
    {
        var released = 0;
        await ChangeAsync(
            async db => released = await db.EnvironmentPlaces.Where(p => ids.Contains(p.Id) && p.State == PlaceState.Confirmed)
                .ExecuteUpdateAsync(set => set.SetProperty(p => p.State, PlaceState.Released), cancellationToken),
            cancellationToken);
        return released;
    }

    private Task ConfirmAsync(Guid id, CancellationToken cancellationToken) => ChangeAsync(
        db => db.EnvironmentPlaces.Where(p => p.Id == id).ExecuteUpdateAsync(set => set.SetProperty(p => p.State, PlaceState.Confirmed), cancellationToken),
        cancellationToken);

    private Task FreeAsync(Guid id, CancellationToken cancellationToken) => ChangeAsync(
        db => db.EnvironmentPlaces.Where(p => p.Id == id).ExecuteDeleteAsync(cancellationToken), cancellationToken);

    // The audit event of a creation stands in the cell, in the commit that makes the environment; the place is bookkeeping.
    private Task ChangeAsync(Func<DirectoryDb, Task> change, CancellationToken cancellationToken) =>
        directory.WriteAsync(change, Array.Empty<AuditEvent>(), cancellationToken);
}
