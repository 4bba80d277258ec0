using Fabric.Workflows.Persistence;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Workflows.Engine;

/// <summary>
/// Wakes the owners of environments whose time has come. The cell database is the truth; hints after commits only make it prompt.
/// </summary>
public sealed class CellScanner(Cell cell, TimeProvider time, Func<Guid, Task> wake)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);
    private readonly Lock gate = new();
    private readonly Dictionary<Guid, DateTimeOffset> woken = [];
    private TaskCompletionSource signal = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DateTimeOffset? hint;

    /// <summary>An environment must be woken at a time; called after the commit that says so.</summary>
    public void Hint(Guid environmentId, DateTimeOffset at)
    {
        lock (gate)
        {
            if (hint is { } known && known <= at)
                return;
            hint = at;
            signal.TrySetResult();
        }
    }

    /// <summary>Scans until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var now = time.GetUtcNow();
            TaskCompletionSource current;
            lock (gate)
            {
                hint = null;
                current = signal = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            var next = await ScanAsync(now, cancellationToken);
            await WaitAsync(next, current, cancellationToken);
        }
    }

    /// <summary>Wakes what is due and says when the next is.</summary>
    private async Task<DateTimeOffset?> ScanAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            await using var db = cell.Open(TenantScope.All);
            var due = await db.Environments.Where(e => e.NextLookAt != null && e.NextLookAt <= now)
                .OrderBy(e => e.NextLookAt).Take(500).Select(e => new { e.Id, e.NextLookAt }).ToListAsync(cancellationToken);
            foreach (var environment in due.Where(e => !woken.TryGetValue(e.Id, out var at) || at != e.NextLookAt || now - at > Longest * 10))
            {
                woken[environment.Id] = environment.NextLookAt!.Value;
                await wake(environment.Id);
            }

            if (woken.Count > 10_000)
                woken.Clear();
            return await db.Environments.Where(e => e.NextLookAt != null && e.NextLookAt > now).MinAsync(e => e.NextLookAt, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A cell that cannot be read now is read at the next turn; its state is shown by the registry.
            return null;
        }
    }

    private async Task WaitAsync(DateTimeOffset? next, TaskCompletionSource current, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var now = time.GetUtcNow();
            DateTimeOffset? hinted;
            lock (gate)
                hinted = hint;
            var until = Earliest(now + Longest, next, hinted);
            if (until <= now)
                return;
            using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var delay = Task.Delay(until - now, time, done.Token);
            var first = await Task.WhenAny(delay, current.Task);
            await done.CancelAsync();
            if (first == delay)
                return;
            lock (gate)
                current = signal = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private static DateTimeOffset Earliest(DateTimeOffset a, DateTimeOffset? b, DateTimeOffset? c)
    {
        var earliest = b < a ? b.Value : a;
        return c < earliest ? c.Value : earliest;
    }
}
