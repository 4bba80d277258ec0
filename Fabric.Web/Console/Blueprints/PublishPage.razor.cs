using Fabric.Web.Live;
using Fabric.Web.Portal.Frame;
using Fabric.Workflows.Engine;
using Microsoft.AspNetCore.Components;

namespace Fabric.Web.ConsoleView.Blueprints;

/// <summary>Publishes the draft that the page shows: its faults or its changes, what environments would meet, and a message.</summary>
public sealed partial class PublishPage : LivePage
{
    private PublishPreview? preview;
    private BlueprintImpact? impact;
    private IReadOnlyList<OperationFault> impactFaults = [];
    private int? asked;
    private string message = "";
    private bool missing;
    private bool busy;

    /// <summary>Drafts and versions.</summary>
    [Inject]
    public required IBlueprintDesk Blueprints { get; init; }

    /// <summary>The blueprint.</summary>
    [Parameter]
    public string Name { get; set; } = "";

    /// <inheritdoc/>
    protected override bool VendorOnly => true;

    /// <inheritdoc/>
    protected override Task OnParametersSetAsync() => RefreshAsync();

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync(CancellationToken ct)
    {
        var seen = await Blueprints.PreviewPublishAsync(Actor, Name, ct);
        if (!seen.Succeeded && seen.Faults[0].Kind is FaultKind.NotFound)
            return false;
        Faults = seen.Faults;
        preview = seen.Succeeded ? seen.Value : null;
        if (preview is { Unchanged: false, Comparison.To.Faults.Count: 0 } && asked != preview.DraftVersion)
            _ = InvokeAsync(AskAsync);
        return true;
    }

    /// <summary>Every cell is asked, which may take its time; the page stands meanwhile.</summary>
    private async Task AskAsync()
    {
        var draft = preview!.DraftVersion;
        (asked, impact, impactFaults) = (draft, null, []);
        try
        {
            var answer = await Blueprints.ImpactAsync(Actor, Name, null, Ended);
            // The answer for an older draft is nobody's any more.
            if (asked != draft)
                return;
            (impact, impactFaults) = (answer.Succeeded ? answer.Value : null, answer.Faults);
        }
        catch (OperationCanceledException) when (Ended.IsCancellationRequested)
        {
            return;
        }
        catch (Exception failure)
        {
            NotAsked(Logger, failure, Name);
            impactFaults = [new OperationFault(FaultKind.Unavailable, "ImpactUnknown", "What it would do to environments could not be found out now. Publishing changes none of them; load the page again to ask once more.")];
        }

        StateHasChanged();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "What a draft of {Blueprint} would do to environments could not be found out")]
    private static partial void NotAsked(ILogger logger, Exception failure, string blueprint);

    private async Task PublishAsync()
    {
        missing = string.IsNullOrWhiteSpace(message);
        if (missing || busy)
            return;
        busy = true;
        var published = await Blueprints.PublishAsync(Actor, Name, message.Trim(), preview!.DraftVersion, Ended);
        busy = false;
        Faults = published.Faults;
        if (published.Succeeded)
            Navigation.NavigateTo($"console/blueprints/{Name}?version={published.Value}");
        else
            await KeepFaultsAsync(published.Faults);
    }

    /// <summary>The page shows the newer draft, and what stood in the way of publishing the one before.</summary>
    private async Task KeepFaultsAsync(IReadOnlyList<OperationFault> faults)
    {
        await RefreshAsync();
        Faults = faults;
    }
}
