using Fabric.Web.ConsoleView.Blueprints.Simulate;
using Fabric.Web.Controls;
using Fabric.Web.Live;
using Fabric.Web.Portal.Environments;
using Fabric.Web.Portal.Frame;
using Microsoft.AspNetCore.Components;

namespace Fabric.Web.ConsoleView.Runs.Detail;

/// <summary>One run as who operates it sees it: on the drawing of its own version, with its journal, its steps and their times.</summary>
public sealed partial class RunPage : LivePage
{
    /// <summary>Lines that times and replay are made of; a run has some ten for each step.</summary>
    private const int MostLines = 50_000;

    private readonly JournalPages journal = new();
    private readonly JournalPages whole = new(5000);
    private RunView? view;
    private RunTimes? times;
    private Playback? playback;
    private IReadOnlyList<GraphNode> nodes = [];
    private Guid watched;

    /// <summary>The run.</summary>
    [Parameter]
    public Guid Id { get; set; }

    /// <summary>The chosen node.</summary>
    [SupplyParameterFromQuery]
    public string? Node { get; set; }

    /// <summary>One of <see cref="RunTabs"/>.</summary>
    [SupplyParameterFromQuery]
    public string? Tab { get; set; }

    /// <summary><c>all</c> shows every line of the journal though a node is chosen.</summary>
    [SupplyParameterFromQuery]
    public string? Lines { get; set; }

    /// <inheritdoc/>
    protected override bool VendorOnly => true;

    private string Title => view is null ? "Run" : $"Run {view.Run.Number}{(view.Place is { } place ? $" of {place.Environment.Name}" : "")}";

    /// <inheritdoc/>
    protected override Task OnParametersSetAsync()
    {
        if (view?.Run.Id != Id)
            (view, playback) = (null, null);
        return RefreshAsync();
    }

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync(CancellationToken ct)
    {
        if (await Desk.GetRunAsync(Actor, Id, ct) is not { } found)
            return false;
        if (watched != found.Run.EnvironmentId)
        {
            // What is committed between a look and the watch would go unseen: the page watches, and looks again.
            Watch(watched = found.Run.EnvironmentId);
            found = await Desk.GetRunAsync(Actor, Id, ct) ?? found;
        }

        await journal.RefreshAsync(Desk, Actor, found.Run.EnvironmentId, Id, ct);
        if (RunTabs.Of(Tab) == RunTabs.Times)
            await ReadWholeAsync(found.Run.EnvironmentId, ct);
        (view, times, nodes) = (found, RunTimes.Of(found), RunPicture.NodesOf(found));
        // A person may try a failed step again: then it goes, and is no recording any more.
        if (times is null)
            playback = null;
        return true;
    }

    /// <summary>The times want every line, not only those that are shown.</summary>
    private async Task ReadWholeAsync(Guid environment, CancellationToken ct)
    {
        await whole.RefreshAsync(Desk, Actor, environment, Id, ct);
        while (whole.Earlier && whole.Events.Count < MostLines)
            await whole.LoadEarlierAsync(Desk, Actor, ct);
    }

    private async Task ReplayAsync(bool begin)
    {
        playback = null;
        if (!begin || view is not { } shown)
            return;
        await ReadWholeAsync(shown.Run.EnvironmentId, Ended);
        // Whoever went on to another run meanwhile sees that one.
        if (shown.Run.Id != Id)
            return;
        playback = RunReplay.Of(shown, whole.Events);
    }

    private void Select(string? node) => Remember("node", node);

    private Task EarlierAsync() => journal.LoadEarlierAsync(Desk, Actor, Ended);

    private Task Judge(Verdict verdict) => DoAsync(Desk.ActOnRunAsync(Actor, verdict.RunId, verdict.Action, verdict.PlanHash, verdict.Message, Ended));

    private Task StepAsync(StepVerdict verdict) => DoAsync(Desk.ActOnStepAsync(Actor, verdict.RunId, verdict.Node, verdict.Action, verdict.Message, Ended));
}
