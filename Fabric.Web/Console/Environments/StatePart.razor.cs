using Fabric.Web.Controls;
using Fabric.Web.Live;
using Fabric.Web.Portal.Frame;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Executors.Terraform.State;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Fabric.Web.ConsoleView.Environments;

/// <summary>Versions of a state, who holds it, and an earlier version in force again.</summary>
public sealed partial class StatePart : LivePart
{
    private StateView? view;

    /// <summary>Asks why before a version is restored.</summary>
    [Inject]
    public required IDialogService Dialogs { get; init; }

    /// <summary>Entities that Terraform makes; one at least.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<Entity> Entities { get; set; }

    /// <summary>The chosen entity's node.</summary>
    [Parameter]
    public string? Node { get; set; }

    /// <summary>Chooses an entity.</summary>
    [Parameter]
    public EventCallback<string?> OnSelect { get; set; }

    /// <summary>Whether the role may restore.</summary>
    [Parameter]
    public bool MayRestore { get; set; }

    private Entity Shown => Entities.FirstOrDefault(entity => entity.Node == Node) ?? Entities[0];

    /// <inheritdoc/>
    protected override async Task ReadAsync(CancellationToken ct)
    {
        var shown = Shown;
        if (view?.Node != shown.Node)
            view = null;
        var read = await Desk.GetStateAsync(Actor, shown.EnvironmentId, shown.Node, ct);
        (view, Faults) = read.Succeeded ? (read.Value, Faults) : (null, read.Faults);
    }

    private async Task RestoreAsync(StateVersion version)
    {
        var shown = Shown;
        if (await ReasonDialog.ShowAsync(Dialogs, $"Restore version {version.Number} of {shown.Node}", StateText.Restoring(version, view!), "Why", "Restore version") is { } reason)
            await DoAsync(Desk.RestoreStateAsync(Actor, shown.EnvironmentId, shown.Node, version.Number, reason, Ended));
    }
}
