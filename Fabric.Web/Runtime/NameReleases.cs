using System.Threading.Channels;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Persistence;

namespace Fabric.Web.Runtime;

/// <summary>
/// Frees a name in the directory after its environment's cell says that it is destroyed. What a crash leaves between the two is made up
/// for when the cell is served again, or when somebody asks for the name.
/// </summary>
internal sealed partial class NameReleases(FabricStorage storage, TimeProvider time, ILogger<NameReleases> logger)
{
    private static readonly TimeSpan SettleEvery = TimeSpan.FromMinutes(1);

    /// <summary>Follows a cell until cancelled.</summary>
    public async Task ServeAsync(Cell cell, CancellationToken stoppingToken)
    {
        var gone = Channel.CreateUnbounded<Guid>(new UnboundedChannelOptions { SingleReader = true });
        using var feed = cell.Journal.Subscribe(rows =>
        {
            foreach (var environment in rows.OfType<FabricEnvironment>().Where(e => e.State.IsOver()))
                gone.Writer.TryWrite(environment.Id);
        });
        await TryAsync(cell, () => storage.Environments.RepairAsync(stoppingToken));
        await foreach (var id in gone.Reader.ReadAllAsync(stoppingToken))
            await TryAsync(cell, () => storage.Environments.ReleaseAsync(id));
    }

    /// <summary>Settles, until cancelled, creations whose outcome nobody saw: a connection that was lost, a server that is gone.</summary>
    public async Task SettleAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(SettleEvery, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await storage.Environments.SettleAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogNotSettled(logger, e);
            }
        }
    }

    private async Task TryAsync(Cell cell, Func<Task> release)
    {
        try
        {
            await release();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The loop that owns the work: a directory that cannot be written now is written at the next start, or when the name is wanted.
            LogFailed(logger, e, cell.Slug);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A destroyed environment of cell {Cell} could not be released; it is tried again at the next start, or when its name is wanted")]
    private static partial void LogFailed(ILogger logger, Exception exception, string cell);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Creations that were left half-way could not be settled; it is tried again in a minute.")]
    private static partial void LogNotSettled(ILogger logger, Exception exception);
}
