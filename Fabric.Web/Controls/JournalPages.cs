using Fabric.Web.Live;
using Fabric.Workflows.Runs;
using Fabric.Workflows.Tenancy;

namespace Fabric.Web.Controls;

/// <summary>The part of a journal that a page has: the newest events, kept live, and as many earlier ones as a person asked for.</summary>
/// <param name="size">How many events are read at once.</param>
public sealed class JournalPages(int size = 500)
{
    private (Guid Environment, Guid? Run)? of;

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<RunEvent> Events { get; private set; } = [];

    /// <summary>There are events before the first.</summary>
    public bool Earlier { get; private set; }

    /// <summary>Takes what is new; another journal begins at its end.</summary>
    public async Task RefreshAsync(IDesk desk, Actor actor, Guid environment, Guid? run, CancellationToken ct)
    {
        if (of != (environment, run) || Events.Count == 0)
        {
            (of, Events, Earlier) = ((environment, run), [], false);
            Put(await desk.GetLatestEventsAsync(actor, environment, run, null, size + 1, ct));
            return;
        }

        IReadOnlyList<RunEvent> fresh;
        do
        {
            fresh = await desk.GetEventsAsync(actor, environment, run, Events[^1].Sequence, size, ct);
            Events = [.. Events, .. fresh];
        }
        while (fresh.Count == size);
    }

    /// <summary>Takes the events before the first.</summary>
    public async Task LoadEarlierAsync(IDesk desk, Actor actor, CancellationToken ct)
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
