using Fabric.Web.Controls;
using Fabric.Web.Live;
using Fabric.Web.Portal.Frame;
using Fabric.Workflows.Clouds;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Runs;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Fabric.Web.Portal.Environments;

/// <summary>Lists what is left in a network that is to be destroyed, and removes what a person chooses of it.</summary>
public sealed partial class LeftoverPart : LivePart
{
    private readonly HashSet<string> chosen = [];
    private IReadOnlyList<CloudResource>? found;
    private IReadOnlyList<RemovalView> removals = [];
    private (Guid Run, int Attempt)? looked;

    /// <summary>Asks before anything is removed.</summary>
    [Inject]
    public required IDialogService Dialogs { get; init; }

    /// <summary>The step that the leftovers hold up.</summary>
    [Parameter, EditorRequired]
    public required Step Step { get; set; }

    /// <summary>Whether a step failed over what is left in its network.</summary>
    public static bool Concerns(Step step) => step is { State: StepState.Failed, Reason: Reasons.LeftoversInNetwork };

    /// <inheritdoc/>
    /// <remarks>The account is asked once for each time the step failed, and when a person says so: not with every snapshot of the page.</remarks>
    protected override Task OnParametersSetAsync()
    {
        if (looked == (Step.RunId, Step.Attempt))
            return Task.CompletedTask;
        looked = (Step.RunId, Step.Attempt);
        return RefreshAsync();
    }

    /// <inheritdoc/>
    protected override async Task ReadAsync(CancellationToken ct)
    {
        var outcome = await Desk.FindLeftoversAsync(Actor, Step.RunId, Step.Node, ct);
        (found, Faults) = outcome.Succeeded ? (outcome.Value, Faults) : (found, outcome.Faults);
        chosen.IntersectWith((found ?? []).Select(resource => resource.Id));
    }

    private void Choose(string id, bool wanted) => _ = wanted ? chosen.Add(id) : chosen.Remove(id);

    private async Task RemoveAsync()
    {
        string[] ids = [.. chosen];
        if (!await Confirm.ShowAsync(Dialogs, "Remove it from the account", $"{string.Join(", ", ids)}: removed from the account now, with what is in it. This cannot be undone.", "Remove"))
            return;
        var outcome = await DoAsync(Desk.RemoveLeftoversAsync(Actor, Step.RunId, Step.Node, ids, "", Ended));
        removals = outcome.Succeeded ? outcome.Value : removals;
    }
}
