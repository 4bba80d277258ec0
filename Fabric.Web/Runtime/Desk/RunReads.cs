using Fabric.Web.Live;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Runs;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Web.Runtime.Desk;

/// <summary>Reads lists of runs, and journals. Every query opens the database in the actor's scope.</summary>
internal sealed class RunReads(FabricStorage storage, EnvironmentFinder finder)
{
    /// <summary>The newest runs of every cell, merged; one more than asked for tells that there are older ones.</summary>
    public async Task<RunsView> ListAsync(Actor actor, RunFilter filter, int limit, CancellationToken ct)
    {
        var found = await finder.AllAsync(actor, (db, token) => LinesAsync(db, filter, limit + 1, token), ct);
        var newest = found.Rows.SelectMany(row => row.Value).OrderByDescending(line => line.Run.CreatedAt).ThenByDescending(line => line.Run.Id).Take(limit + 1).ToList();
        return new RunsView([.. newest.Take(limit)], newest.Count > limit, found.Unreachable);
    }

    public async Task<IReadOnlyList<RunEvent>> EventsAsync(Actor actor, Guid environmentId, Guid? runId, long after, int limit, CancellationToken ct)
    {
        if (await finder.CellOfAsync(actor, environmentId, ct) is not { } cell)
            return [];
        return await storage.Cells.Get(cell).ReadAsync(actor.Scope, db => Of(db, environmentId, runId).Where(e => e.Sequence > after).OrderBy(e => e.Sequence).Take(limit).ToListAsync(ct));
    }

    public async Task<IReadOnlyList<RunEvent>> LatestEventsAsync(Actor actor, Guid environmentId, Guid? runId, long? before, int limit, CancellationToken ct)
    {
        if (await finder.CellOfAsync(actor, environmentId, ct) is not { } cell)
            return [];
        var newest = await storage.Cells.Get(cell).ReadAsync(
            actor.Scope, db => Of(db, environmentId, runId).Where(e => before == null || e.Sequence < before).OrderByDescending(e => e.Sequence).Take(limit).ToListAsync(ct));
        newest.Reverse();
        return newest;
    }

    /// <summary>The states a filter's word means; null for all. A word nobody knows means none.</summary>
    internal static IReadOnlyList<RunState>? StatesOf(string? word) => word?.ToLowerInvariant() switch
    {
        null or "" => null,
        "going" => [.. Enum.GetValues<RunState>().Where(state => !state.IsTerminal())],
        "waiting" => [RunState.AwaitingApproval, RunState.Paused],
        _ => Enum.TryParse<RunState>(word, ignoreCase: true, out var state) ? [state] : [],
    };

    private static IQueryable<RunEvent> Of(CellDb db, Guid environmentId, Guid? runId) => runId is { } run
        ? db.RunEvents.Where(e => e.EnvironmentId == environmentId && e.RunId == run)
        : db.RunEvents.Where(e => e.EnvironmentId == environmentId);

    private static async Task<List<RunLine>> LinesAsync(CellDb db, RunFilter filter, int limit, CancellationToken token)
    {
        IQueryable<Run> runs = db.Runs;
        if (StatesOf(filter.State) is { } states)
        {
            var wanted = states.ToList();
            runs = runs.Where(run => wanted.Contains(run.State));
        }

        if (!string.IsNullOrEmpty(filter.Kind))
        {
            if (!Enum.TryParse<RunKind>(filter.Kind, ignoreCase: true, out var kind))
                return [];
            runs = runs.Where(run => run.Kind == kind);
        }

        if (!string.IsNullOrEmpty(filter.Tenant))
            runs = runs.Where(run => run.Tenant == filter.Tenant);
        var lines = runs.Join(db.Environments, run => run.EnvironmentId, environment => environment.Id, (run, environment) => new { Run = run, environment.Name, environment.Cloud });
        if (filter.Text?.Trim().ToLowerInvariant() is { Length: > 0 } text)
            lines = lines.Where(line => line.Name.Contains(text) || EF.Functions.Like(line.Run.ActorName.ToLower(), $"%{text}%"));
        var newest = await lines.OrderByDescending(line => line.Run.CreatedAt).ThenByDescending(line => line.Run.Id).Take(limit).ToListAsync(token);
        return [.. newest.Select(line => new RunLine(line.Run, line.Name, line.Cloud == FabricEnvironment.SandboxCloud))];
    }
}
