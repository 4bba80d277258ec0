using Fabric.Web.Controls;
using Fabric.Web.Live;
using Fabric.Web.Portal.Frame;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Executors.Terraform.Drift;
using Fabric.Workflows.Tenancy;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Fabric.Web.Portal.Environments;

/// <summary>What stands otherwise than it was deployed, and what a person decides on it.</summary>
public sealed partial class DriftPart : LivePart
{
    private DriftView? view;

    /// <summary>Asks before a run is started.</summary>
    [Inject]
    public required IDialogService Dialogs { get; init; }

    /// <summary>The environment.</summary>
    [Parameter, EditorRequired]
    public required FabricEnvironment Environment { get; set; }

    /// <summary>Decisions are offered here, to who may make them.</summary>
    [Parameter]
    public bool Decide { get; set; }

    /// <summary>A decision changed something of the page around.</summary>
    [Parameter]
    public EventCallback OnDecided { get; set; }

    private bool MayChange => Actor.Has(Right.Change, Environment.Tenant);

    private bool MayOperate => Actor.Has(Right.Operate, Environment.Tenant);

    /// <inheritdoc/>
    protected override async Task ReadAsync(CancellationToken ct) => view = await Desk.GetDriftAsync(Actor, Environment.Id, ct);

    private async Task DecideAsync(DriftWish wish)
    {
        var (id, finding) = (Environment.Id, wish.Line.Finding);
        switch (wish.Kind)
        {
            case DriftWishKind.Revert when await Confirm.ShowAsync(Dialogs, $"Revert {finding.Address}", DriftText.Reverting, "Start the run"):
                await DoAsync(Desk.RevertDriftAsync(Actor, id, finding.Id, Ended));
                break;
            case DriftWishKind.Adopt when await Confirm.ShowAsync(Dialogs, $"Adopt what stands at {finding.Address}", DriftText.Adopting(wish.Line.Adoption), "Change the configuration"):
                await DoAsync(Desk.AdoptDriftAsync(Actor, id, finding.Id, finding.Fingerprint(), Ended));
                break;
            case DriftWishKind.Ignore:
                await DoAsync(Desk.IgnoreDriftAsync(Actor, id, finding.Id, finding.Fingerprint(), wish.Until, wish.Reason, Ended));
                break;
            case DriftWishKind.Mute:
                await DoAsync(Desk.MuteDriftAsync(Actor, id, finding.Id, wish.Path, wish.Reason, Ended));
                break;
            default:
                return;
        }

        await OnDecided.InvokeAsync();
    }

    private Task UnmuteAsync(DriftMute mute) => DoAsync(Desk.UnmuteDriftAsync(Actor, Environment.Id, mute.Id, Ended));
}
