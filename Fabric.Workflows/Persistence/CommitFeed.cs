using System.Collections.Immutable;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Fabric.Workflows.Persistence;

/// <summary>Tells subscribers what was committed, in commit order, off the writer's thread.</summary>
internal sealed partial class CommitFeed : IAsyncDisposable
{
    private readonly ILogger logger;
    private readonly Channel<IReadOnlyList<object>> groups =
        Channel.CreateUnbounded<IReadOnlyList<object>>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });

    private readonly Task pump;
    private ImmutableArray<Action<IReadOnlyList<object>>> subscribers = [];

    public CommitFeed(ILogger logger)
    {
        this.logger = logger;
        pump = PumpAsync();
    }

    public IDisposable Subscribe(Action<IReadOnlyList<object>> rows)
    {
        ImmutableInterlocked.Update(ref subscribers, list => list.Add(rows));
        return new Subscription(this, rows);
    }

    /// <summary>Queues what a group wrote; nothing when nobody listens.</summary>
    public void Publish(IEnumerable<JournalJob> jobs)
    {
        if (!subscribers.IsEmpty)
            groups.Writer.TryWrite([.. jobs.OfType<BatchJob>().SelectMany(job => job.Written)]);
    }

    public async ValueTask DisposeAsync()
    {
        groups.Writer.TryComplete();
        await pump;
    }

    private async Task PumpAsync()
    {
        await foreach (var rows in groups.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            foreach (var subscriber in subscribers)
                Tell(subscriber, rows);
        }
    }

    private void Tell(Action<IReadOnlyList<object>> subscriber, IReadOnlyList<object> rows)
    {
        try
        {
            subscriber(rows);
        }
        catch (Exception e)
        {
            LogSubscriberFailed(logger, e);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A subscriber of the journal failed; it misses this group's rows")]
    private static partial void LogSubscriberFailed(ILogger logger, Exception exception);

    private sealed class Subscription(CommitFeed feed, Action<IReadOnlyList<object>> rows) : IDisposable
    {
        public void Dispose() => ImmutableInterlocked.Update(ref feed.subscribers, list => list.Remove(rows));
    }
}
