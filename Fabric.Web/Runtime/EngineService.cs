using Fabric.Workflows.Engine;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Web.Runtime;

/// <summary>Per open cell: resumes what was in flight at start, then wakes environments whose time has come.</summary>
internal sealed partial class EngineService(
    FabricStorage storage, EngineHosts hosts, NameReleases releases, IGrainFactory grains, TimeProvider time, ILogger<EngineService> logger)
    : BackgroundService
{
    private const int ResumesAtOnce = 64;
    private static readonly TimeSpan CellCheck = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var served = new Dictionary<string, Task>(StringComparer.Ordinal);
        var settling = releases.SettleAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            foreach (var cell in storage.Cells.All.Where(cell => !served.ContainsKey(cell.Slug)))
                served.Add(cell.Slug, ServeAsync(cell, stoppingToken));
            await Task.Delay(CellCheck, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await OpenAsync(stoppingToken);
        }

        await Task.WhenAll(served.Values.Append(settling)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Tries the cells again that could not be opened. Whatever is wrong with one, the server goes on.</summary>
    private async Task OpenAsync(CancellationToken stoppingToken)
    {
        if (stoppingToken.IsCancellationRequested || storage.Cells.Unreachable.Count == 0)
            return;
        try
        {
            await storage.Cells.OpenAsync(stoppingToken);
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            LogOpenFailed(logger, e);
        }
    }

    /// <summary>Serves a cell until cancelled. What fails is logged and begun anew: a cell must not be left unserved while the server runs.</summary>
    private async Task ServeAsync(Cell cell, CancellationToken stoppingToken)
    {
        var releasing = releases.ServeAsync(cell, stoppingToken);
        var wait = FirstRetry;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var scanner = new CellScanner(cell, time, id => WakeAsync(cell.Slug, id, stoppingToken));
                hosts.Get(cell.Slug).OnNextLook = scanner.Hint;
                await ResumeAsync(cell, stoppingToken);
                storage.Cells.MarkReadable(cell);
                wait = FirstRetry;
                await scanner.RunAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogServeFailed(logger, e, cell.Slug, wait.TotalSeconds);
                if (e is CellUnreachableException unreachable)
                    storage.Cells.MarkUnreachable(cell, unreachable.Sentence);
                await Task.Delay(wait, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                wait = wait * 2 < LongestRetry ? wait * 2 : LongestRetry;
            }
        }

        await releasing;
    }

    private async Task ResumeAsync(Cell cell, CancellationToken stoppingToken)
    {
        var started = time.GetTimestamp();
        var open = await cell.ReadAsync(
            TenantScope.All, db => db.Environments.Where(e => e.ActiveRunId != null || e.PendingRunId != null).Select(e => e.Id).ToListAsync(stoppingToken));
        await Parallel.ForEachAsync(
            open,
            new ParallelOptions { MaxDegreeOfParallelism = ResumesAtOnce, CancellationToken = stoppingToken },
            async (id, _) => await WakeAsync(cell.Slug, id, stoppingToken));
        var took = time.GetElapsedTime(started);
        LogResumed(logger, cell.Slug, open.Count, took.TotalMilliseconds);
    }

    private async Task WakeAsync(string cell, Guid id, CancellationToken stoppingToken)
    {
        try
        {
            await grains.Environment(cell, id).WakeAsync();
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            LogWakeFailed(logger, e, cell, id);
        }
    }
}
