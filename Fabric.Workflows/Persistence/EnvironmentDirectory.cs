using System.Collections.Concurrent;
using Fabric.Workflows.Audit;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Workflows.Persistence;

/// <summary>
/// Creates environments across the directory and a cell, which share no transaction: reserve the name, write the cell, confirm.
/// What a crash leaves half-way is completed or released by <see cref="RepairAsync(CancellationToken)"/>.
/// </summary>
/// <param name="directory">Knows the names.</param>
/// <param name="cells">Have the rows.</param>
/// <param name="time">The clock.</param>
/// <param name="patience">A reservation younger than this may still be at work on another server; zero where there can be none.</param>
public sealed class EnvironmentDirectory(DirectoryStore directory, CellRegistry cells, TimeProvider time, TimeSpan patience)
{
    private const int ReleasesAtOnce = 500;
    private readonly PlaceBook places = new(directory);
    private readonly ConcurrentDictionary<Guid, bool> underWay = new();

    /// <summary>Creates an environment: its name is taken in the directory, its rows are written in its cell.</summary>
    /// <param name="environment">The environment; its cell must be open.</param>
    /// <param name="batch">Everything the cell gets, the environment's own row and its audit event included.</param>
    /// <param name="cancellationToken">Stops before anything is done; what was begun is brought to its end.</param>
    /// <returns>The rows as the cell wrote them.</returns>
    /// <exception cref="RowConflictException">The tenant has an environment of that name.</exception>
    /// <exception cref="CellUnreachableException">The cell cannot be written; the name is free again.</exception>
    public async Task<IReadOnlyList<object>> CreateAsync(FabricEnvironment environment, JournalBatch batch, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
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
        underWay[place.Id] = true;
        try
        {
            await ReserveAsync(place);
            var rows = await WriteAsync(cell, place, batch);
            await ConfirmAsync(cell, place, rows);
            return rows;
        }
        finally
        {
            underWay.TryRemove(place.Id, out _);
        }
    }

    /// <summary>Where the environment lives, or lived until it was destroyed; null when the scope has no such environment.</summary>
    public async Task<EnvironmentPlace?> FindAsync(Guid environmentId, TenantScope scope, CancellationToken cancellationToken = default)
    {
        await using var db = directory.Open(scope);
        return await db.EnvironmentPlaces.SingleOrDefaultAsync(p => p.Id == environmentId, cancellationToken);
    }

    /// <summary>Frees the name of an environment that was destroyed; by its id it is found as before.</summary>
    public Task ReleaseAsync(Guid environmentId) => places.ReleaseAsync([environmentId]);

    /// <summary>
    /// Confirms what its cell has, takes back what it has not, and frees the names of what was destroyed. What lies in cells that are
    /// unreachable waits for the next time.
    /// </summary>
    /// <returns>How many were settled.</returns>
    public Task<int> RepairAsync(CancellationToken cancellationToken = default) => RepairAsync(patience, cancellationToken);

    /// <summary>The same, with another patience: at start, nothing is under way where one server has the folder alone.</summary>
    public async Task<int> RepairAsync(TimeSpan patience, CancellationToken cancellationToken = default)
    {
        var settled = await SettleAsync(patience, cancellationToken);
        foreach (var cell in cells.All)
        {
            var gone = await AskAsync(cell, db => db.Environments.Where(e => EnvironmentStates.Over.Contains(e.State)).Select(e => e.Id).ToListAsync(cancellationToken));
            foreach (var some in (gone ?? []).Chunk(ReleasesAtOnce))
                settled += await places.ReleaseAsync(some);
        }

        return settled;
    }

    /// <summary>The first half of a repair: confirms or takes back what was left half-way.</summary>
    /// <returns>How many were settled.</returns>
    public Task<int> SettleAsync(CancellationToken cancellationToken = default) => SettleAsync(patience, cancellationToken);

    private async Task<int> SettleAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        var settled = 0;
        foreach (var place in await places.ListAsync(all => all.Where(p => p.State == PlaceState.Reserved), cancellationToken))
        {
            if (IsLeft(place, patience) && await SettleAsync(place, cancellationToken))
                settled++;
        }

        return settled;
    }

    private bool IsLeft(EnvironmentPlace place, TimeSpan patience) => !underWay.ContainsKey(place.Id) && time.GetUtcNow() - place.ReservedAt >= patience;

    /// <summary>False when the cell cannot tell now.</summary>
    private async Task<bool> SettleAsync(EnvironmentPlace place, CancellationToken cancellationToken)
    {
        if (cells.Find(place.Cell) is not { } cell || await AskAsync(cell, db => db.Environments.Where(e => e.Id == place.Id).Select(e => e.Id).ToListAsync(cancellationToken)) is not { } found)
            return false;
        await (found.Count > 0 ? places.ConfirmAsync(place) : places.FreeAsync(place.Id));
        return true;
    }

    /// <summary>Takes the name. When its last holder is gone and only its release is missing, that is made up for first.</summary>
    private async Task ReserveAsync(EnvironmentPlace place)
    {
        try
        {
            await places.ReserveAsync(place);
        }
        catch (RowConflictException)
        {
            if (!await FreeNameAsync(place))
                throw;
            await places.ReserveAsync(place);
        }
    }

    private async Task<bool> FreeNameAsync(EnvironmentPlace wanted)
    {
        var holders = await places.ListAsync(all => all.Where(p => p.Tenant == wanted.Tenant && p.Name == wanted.Name && p.State != PlaceState.Released), CancellationToken.None);
        if (holders is not [var holder])
            return holders.Count == 0;
        if (holder.State is PlaceState.Reserved)
            return IsLeft(holder, patience) && await SettleAsync(holder, CancellationToken.None);
        return cells.Find(holder.Cell) is { } cell
            && await AskAsync(cell, db => db.Environments.Where(e => e.Id == holder.Id && EnvironmentStates.Over.Contains(e.State)).Select(e => e.Id).ToArrayAsync()) is { Length: > 0 } gone
            && await places.ReleaseAsync(gone) > 0;
    }

    private async Task<IReadOnlyList<object>> WriteAsync(Cell cell, EnvironmentPlace place, JournalBatch batch)
    {
        try
        {
            return await cell.Journal.CommitAsync(batch);
        }
        catch (Exception e) when (e is RowConflictException or StaleEpochException or CellUnreachableException { OutcomeUnknown: false })
        {
            await places.FreeAsync(place.Id);
            throw;
        }
    }

    private async Task ConfirmAsync(Cell cell, EnvironmentPlace place, IReadOnlyList<object> rows)
    {
        try
        {
            await places.ConfirmAsync(place);
        }
        catch (DirectoryUnreachableException)
        {
            // The environment is there and found by its id: its place is settled later.
        }
        catch (RowConflictException)
        {
            // Another server gave this creation up, and its name away. Its history stays, nothing else of it does.
            var back = new JournalBatch();
            foreach (var row in rows.Where(row => row is not AuditEvent))
                back.Remove(row);
            await cell.Journal.CommitAsync(back.Add(AuditEvent.Of(
                Actor.System, place.Tenant, "environment.undo", $"environment/{place.Id}", $"Environment {place.Name} was taken back: another got its name first.", time.GetUtcNow())));
            throw;
        }
    }

    /// <summary>What a cell says; null when it cannot be read, and it shows as unreachable then.</summary>
    private async Task<T?> AskAsync<T>(Cell cell, Func<CellDb, Task<T>> question)
        where T : class
    {
        try
        {
            return await cell.ReadAsync(TenantScope.All, question);
        }
        catch (CellUnreachableException e)
        {
            cells.MarkUnreachable(cell, e.Sentence);
            return null;
        }
    }
}
