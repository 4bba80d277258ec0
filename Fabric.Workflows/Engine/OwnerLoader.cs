using Fabric.Workflows.Environments;
using Fabric.Workflows.Runs;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Workflows.Engine;

/// <summary>Loads what an owner holds.</summary>
internal static class OwnerLoader
{
    /// <summary>Takes the environment over and loads its state; null when the cell has no such environment.</summary>
    /// <exception cref="Persistence.CellUnreachableException">The cell cannot be used now.</exception>
    public static async Task<OwnerState?> TakeOverAsync(EngineHost host, Guid id, CancellationToken cancellationToken)
    {
        try
        {
            return await LoadAsync(host, id, cancellationToken);
        }
        catch (Exception e) when (host.Cell.Explain(e) is { } sentence)
        {
            throw new Persistence.CellUnreachableException(host.Cell.Slug, sentence, e);
        }
    }

    private static async Task<OwnerState?> LoadAsync(EngineHost host, Guid id, CancellationToken cancellationToken)
    {
        if (await host.Cell.TakeOverAsync(id, cancellationToken) is not { } environment)
            return null;
        await using var db = host.Cell.Open(TenantScope.All);
        var entities = await db.Entities.Where(entity => entity.EnvironmentId == id).ToListAsync(cancellationToken);
        var open = await db.Runs
            .Where(run => run.EnvironmentId == id && (run.State == RunState.Pending || run.State == RunState.Planning || run.State == RunState.AwaitingApproval || run.State == RunState.Running || run.State == RunState.Paused))
            .ToListAsync(cancellationToken);
        var last = await db.Runs
            .Where(run => run.EnvironmentId == id && (run.Kind == RunKind.Apply || run.Kind == RunKind.Destroy || run.Kind == RunKind.HandOver || run.Kind == RunKind.Action) && run.EndedAt != null)
            .OrderByDescending(run => run.Number).FirstOrDefaultAsync(cancellationToken);
        var number = await db.Runs.Where(run => run.EnvironmentId == id).MaxAsync(run => (int?)run.Number, cancellationToken) ?? 0;
        var desired = new Dictionary<int, DesiredState>();
        var numbers = open.Select(run => run.Generation).Append(environment.Generation).Concat(last is null ? [] : [last.Generation]).Distinct().ToList();
        var generations = await db.Generations.Where(g => g.EnvironmentId == id && numbers.Contains(g.Number)).ToListAsync(cancellationToken);
        var types = entities.Where(entity => entity.Stands).Select(entity => entity.Type).Distinct().ToList();
        foreach (var generation in generations)
            desired[generation.Number] = await host.Catalog.DesiredAsync(generation, types, cancellationToken);
        var state = new OwnerState
        {
            Environment = environment,
            Entities = entities.ToDictionary(entity => entity.Node, StringComparer.Ordinal),
            Desired = desired,
            Pending = open.FirstOrDefault(run => run.Id == environment.PendingRunId),
            Last = last,
            LastRunNumber = number,
            Reports = await db.IntentReports.Where(report => report.EnvironmentId == id).ToListAsync(cancellationToken),
        };
        foreach (var run in open.Where(run => run.Id != environment.PendingRunId).Concat(last is { State: RunState.Failed } ? [last] : []))
        {
            var steps = await db.Steps.Where(step => step.RunId == run.Id).OrderBy(step => step.Order).ToListAsync(cancellationToken);
            state.Runs[run.Id] = new RunSnapshot(run, steps);
            state.Approvals.AddRange(await db.Approvals.Where(approval => approval.RunId == run.Id).ToListAsync(cancellationToken));
        }

        return state;
    }
}
