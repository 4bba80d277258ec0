using System.Collections.Concurrent;
using Fabric.Workflows.Executors.Terraform;
using Fabric.Workflows.Persistence;

namespace Fabric.Web.TerraformApi;

/// <summary>Follows Terraform's processes that nobody waits for any more, in every cell, for as long as the server runs.</summary>
internal sealed partial class TerraformReaper(FabricStorage storage, Workshops workshops, TimeProvider time, ILogger<TerraformReaper> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);
    private readonly ConcurrentDictionary<string, LeaseReaper> reapers = new(StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await Task.WhenAll(storage.Cells.All.Select(cell => ReapAsync(cell, stoppingToken)));
    }

    private async Task ReapAsync(Cell cell, CancellationToken ct)
    {
        try
        {
            await reapers.GetOrAdd(cell.Slug, _ => new LeaseReaper(workshops.Of(cell))).ReapAsync(ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            LogLater(logger, cell.Slug, e);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Terraform's abandoned processes of cell {Cell} could not be looked after now; it is tried again soon.")]
    private static partial void LogLater(ILogger logger, string cell, Exception exception);
}
