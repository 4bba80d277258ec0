using Fabric.Web.Live;
using Fabric.Workflows.Runs;
using Fabric.Workflows.Tenancy;

namespace Fabric.Web.Controls;

/// <summary>The part of a journal that a page has: the newest events, kept live, and as many earlier ones as a person asked for.</summary>
/// <param name="size">How many events are read at once.</param>
public sealed class JournalPages(int size = 500)
{
    private (Guid Environment, Guid? Run)? of;
    private Task turn = Task.CompletedTask;

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<RunEvent> Events { get; private set; } = [];

    /// <summary>There are events before the first.</summary>
    public bool Earlier { get; private set; }

    /// <summary>Takes what is new; another journal begins at its end.</summary>
    public Task RefreshAsync(IDesk desk, Actor actor, Guid environment, Guid? run, CancellationToken ct) =>
        turn = AfterAsync(turn, () => TakeAsync(desk, actor, environment, run, ct));

    /// <summary>Takes the events before the first.</summary>
    public Task LoadEarlierAsync(IDesk desk, Actor actor, CancellationToken ct) => turn = AfterAsync(turn, () => TakeEarlierAsync(desk, actor, ct));

    /// <summary>One read at a time: two that begin at the same line would both append what follows it.</summary>
    private static async Task AfterAsync(Task before, Func<Task> read)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        await read();
    }

    private async Task TakeAsync(IDesk desk, Actor actor, Guid environment, Guid? run, CancellationToken ct)
    {
        if (of != (environment, run) || Events.Count == 0)
        {
            var newest = await desk.GetLatestEventsAsync(actor, environment, run, null, size + 1, ct);
            (of, Events) = ((environment, run), []);
            Put(newest);
            return;
        }

        IReadOnlyList<RunEvent> fresh;
        do
        {
            fresh = await desk.GetEventsAsync(actor, environment, run, Events[^1].Sequence, size, ct);
            Events = [.. Events, .. fresh.Where(line => line.Sequence > Events[^1].Sequence)];
        }
        while (fresh.Count == size);
    }

    private async Task TakeEarlierAsync(IDesk desk, Actor actor, CancellationToken ct)
    {
        if (of is var (environment, run) && Events.Count > 0)
            Put(await desk.GetLatestEventsAsync(actor, environment, run, Events[0].Sequence, size + 1, ct));
    }

    /// <summary>One more than a page was asked for: when it came, there are still earlier ones.</summary>
    private void Put(IReadOnlyList<RunEvent> before)
    {
        Earlier = before.Count > size;
        Events = [.. before.Skip(Earlier ? 1 : 0), .. Events];
    }
}
