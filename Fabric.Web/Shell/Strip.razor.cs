using Fabric.Web.Controls;
using Fabric.Web.Live;
using Fabric.Workflows.Tenancy;
using Microsoft.AspNetCore.Components;

namespace Fabric.Web.Shell;

/// <summary>How many environments are not well, runs are going, agents are away; each a link.</summary>
public sealed partial class Strip : IDisposable
{
    private const int MostCounted = 999;
    private static readonly RunFilter Going = new("going");
    private readonly CancellationTokenSource ended = new();
    private LiveRefresh? live;
    private Counts? counts;
    private bool failed;

    [Inject] public required IDesk Desk { get; init; }

    [Inject] public required TimeProvider Time { get; init; }

    [Inject] public required ILogger<Strip> Logger { get; init; }

    /// <summary>Who looks.</summary>
    [CascadingParameter] public Actor? Actor { get; set; }

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        if (Actor is not { IsVendor: true } actor)
            return;
        if (RendererInfo.IsInteractive)
            live = new LiveRefresh(Desk, actor, null, () => InvokeAsync(RefreshAsync), Time, Portal.Frame.LivePage.Beat);
        await RefreshAsync();
    }

    private async Task RefreshAsync()
    {
        if (ended.IsCancellationRequested)
            return;
        // The source is gone once the frame is; its token is not.
        var end = ended.Token;
        try
        {
            counts = Counts.Of(await Desk.ListEnvironmentsAsync(Actor!, end), (await Desk.ListAgentsAsync(Actor!, end)).Agents, await Desk.ListRunsAsync(Actor!, Going, MostCounted, end));
            failed = false;
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            return;
        }
        catch (Exception failure)
        {
            // The frame outlives a desk that does not answer: the page below says what is wrong.
            NotCounted(Logger, failure);
            (counts, failed) = (null, true);
        }

        StateHasChanged();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        live?.Dispose();
        ended.Cancel();
        ended.Dispose();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The console's counts could not be read")]
    private static partial void NotCounted(ILogger logger, Exception failure);
}
