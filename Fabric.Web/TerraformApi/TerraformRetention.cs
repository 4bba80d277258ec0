using Fabric.Workflows.Executors.Terraform;
using Fabric.Workflows.Persistence;
using Microsoft.Extensions.Options;

namespace Fabric.Web.TerraformApi;

/// <summary>Forgets what of Terraform's work is too old, in every cell, every few hours.</summary>
internal sealed partial class TerraformRetention(FabricStorage storage, IOptions<TerraformOptions> options, TimeProvider time, ILogger<TerraformRetention> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(6);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var cell in storage.Cells.All)
                await ForgetAsync(cell, stoppingToken);
        }
    }

    private async Task ForgetAsync(Cell cell, CancellationToken ct)
    {
        try
        {
            if (await new Retention(cell, options.Value, time).ForgetAsync(ct) is > 0 and var rows)
                LogForgotten(logger, rows, cell.Slug);
        }
        catch (CellUnreachableException e)
        {
            LogLater(logger, cell.Slug, e);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Rows} rows of Terraform's old work in cell {Cell} are gone.")]
    private static partial void LogForgotten(ILogger logger, int rows, string cell);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Terraform's old work in cell {Cell} could not be cleaned up now; it is tried again in a few hours.")]
    private static partial void LogLater(ILogger logger, string cell, Exception exception);
}
