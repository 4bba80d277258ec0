using Fabric.Workflows.Persistence;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Web.PublicApi.Repeats;

/// <summary>Forgets answers that are too old to be given again.</summary>
internal sealed partial class AnswerRetention(FabricStorage storage, TimeProvider time, ILogger<AnswerRetention> logger) : BackgroundService
{
    private const int AtOnce = 500;
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        do
        {
            try
            {
                await ForgetAsync(stoppingToken);
            }
            catch (Exception e) when (e is CellUnreachableException or DirectoryUnreachableException)
            {
                LogLater(logger, e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Removes what is older than <see cref="KeptAnswers.Life"/> from the directory and every cell.</summary>
    internal async Task ForgetAsync(CancellationToken ct)
    {
        var before = time.GetUtcNow() - KeptAnswers.Life;
        await storage.Directory.WriteAsync(db => db.IdempotencyKeys.Where(row => row.CreatedAt < before).ExecuteDeleteAsync(ct), [], ct);
        foreach (var cell in storage.Cells.All)
        {
            await using var db = cell.Open(TenantScope.All);
            while (await db.IdempotencyKeys.Where(row => row.CreatedAt < before).Take(AtOnce).ToListAsync(ct) is { Count: > 0 } old)
            {
                var batch = new JournalBatch();
                old.ForEach(row => batch.Remove(row));
                await cell.Journal.CommitAsync(batch, ct);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Kept answers could not be cleaned up now; it is tried again in an hour.")]
    private static partial void LogLater(ILogger logger, Exception exception);
}
