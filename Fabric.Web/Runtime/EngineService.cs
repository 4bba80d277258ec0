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

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var served = new Dictionary<string, Task>(StringComparer.Ordinal);
        while (!stoppingToken.IsCancellationRequested)
        {
            foreach (var cell in storage.Cells.All.Where(cell => !served.ContainsKey(cell.Slug)))
                served.Add(cell.Slug, ServeAsync(cell, stoppingToken));
            await Task.Delay(CellCheck, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!stoppingToken.IsCancellationRequested && storage.Cells.Unreachable.Count > 0)
                await storage.Cells.OpenAsync(stoppingToken);
        }

        await Task.WhenAll(served.Values).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task ServeAsync(Cell cell, CancellationToken stoppingToken)
    {
        var scanner = new CellScanner(cell, time, id => WakeAsync(cell.Slug, id));
        hosts.Get(cell.Slug).OnNextLook = scanner.Hint;
        var releasing = releases.ServeAsync(cell, stoppingToken);
        await ResumeAsync(cell, stoppingToken);
        await scanner.RunAsync(stoppingToken);
        await releasing;
    }

    private async Task ResumeAsync(Cell cell, CancellationToken stoppingToken)
    {
        var started = time.GetTimestamp();
        await using var db = cell.Open(TenantScope.All);
        var open = await db.Environments.Where(e => e.ActiveRunId != null || e.PendingRunId != null).Select(e => e.Id).ToListAsync(stoppingToken);
        await Parallel.ForEachAsync(
            open,
            new ParallelOptions { MaxDegreeOfParallelism = ResumesAtOnce, CancellationToken = stoppingToken },
            async (id, _) => await WakeAsync(cell.Slug, id));
        var took = time.GetElapsedTime(started);
        LogResumed(logger, cell.Slug, open.Count, took.TotalMilliseconds);
    }

    private async Task WakeAsync(string cell, Guid id)
    {
        try
        {
            await grains.Environment(cell, id).WakeAsync();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogWakeFailed(logger, e, cell, id);
        }
    }
}
