using Fabric.Web.Live;
using Fabric.Workflows.Tenancy;

namespace Fabric.Web.Controls;

/// <summary>
/// Turns the desk's callbacks into refreshes of a page: at most four a second, never two at once, and the last callback is
/// always followed by a refresh.
/// </summary>
public sealed class LiveRefresh : IDisposable
{
    /// <summary>Least time between the starts of two refreshes.</summary>
    public static readonly TimeSpan Gap = TimeSpan.FromMilliseconds(250);

    private readonly Lock gate = new();
    private readonly Func<Task> refresh;
    private readonly TimeProvider time;
    private readonly ITimer timer;
    private readonly ITimer? beat;
    private readonly IDisposable subscription;
    private DateTimeOffset? startedAt;
    private bool armed;
    private bool running;
    private bool again;
    private bool disposed;

    /// <summary>Starts to listen.</summary>
    /// <param name="desk">Whom to listen to.</param>
    /// <param name="actor">Who looks.</param>
    /// <param name="environmentId">One environment; null for all.</param>
    /// <param name="refresh">Takes a new snapshot; called on any thread, so a component wraps it in InvokeAsync. Handles its own failures.</param>
    /// <param name="time">The clock.</param>
    /// <param name="every">Refreshes at least that often, for what changes by nobody's doing: an agent that falls silent writes no row. Null for never.</param>
    public LiveRefresh(IDesk desk, Actor actor, Guid? environmentId, Func<Task> refresh, TimeProvider time, TimeSpan? every = null)
    {
        (this.refresh, this.time) = (refresh, time);
        timer = time.CreateTimer(_ => Start(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        subscription = desk.Watch(actor, environmentId, _ => Changed());
        if (every is { } period)
            beat = time.CreateTimer(_ => Changed(), null, period, period);
    }

    /// <summary>Asks for a refresh; a page may, too.</summary>
    public void Changed()
    {
        lock (gate)
        {
            if (disposed || armed)
                return;
            if (running)
            {
                again = true;
                return;
            }

            Arm();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (gate)
            disposed = true;
        subscription.Dispose();
        beat?.Dispose();
        timer.Dispose();
    }

    private void Arm()
    {
        armed = true;
        var wait = startedAt is null ? TimeSpan.Zero : startedAt.Value + Gap - time.GetUtcNow();
        timer.Change(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    private void Start()
    {
        lock (gate)
        {
            armed = false;
            if (disposed || running)
                return;
            running = true;
            startedAt = time.GetUtcNow();
        }

        _ = RunAsync();
    }

    private async Task RunAsync()
    {
        try
        {
            await refresh();
        }
        finally
        {
            lock (gate)
            {
                running = false;
                if (again && !disposed)
                {
                    again = false;
                    Arm();
                }
            }
        }
    }
}
