using Fabric.Web.Controls;
using Fabric.Web.Live;
using Fabric.Web.Portal.Frame;
using Fabric.Workflows.Configuration;
using Fabric.Workflows.Runs;
using Fabric.Workflows.Tenancy;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Fabric.Web.Portal.Environments;

/// <summary>One environment: its drawing, what runs on it, and everything one may do with it.</summary>
public sealed partial class EnvironmentPage : LivePage
{
    private EnvironmentModel? model;
    private RunView? shown;
    private readonly JournalPages journal = new();
    private IReadOnlyList<Revision> revisions = [];
    private ConfigurationEdit? edit;

    /// <summary>Asks for the name before something is destroyed.</summary>
    [Inject]
    public required IDialogService Dialogs { get; init; }

    /// <summary>The environment.</summary>
    [Parameter]
    public Guid Id { get; set; }

    /// <summary>The open tab.</summary>
    [SupplyParameterFromQuery]
    public string? Tab { get; set; }

    /// <summary>The node whose sheet is open.</summary>
    [SupplyParameterFromQuery]
    public string? Node { get; set; }

    /// <summary>The run whose journal is read; the latest when none is named.</summary>
    [SupplyParameterFromQuery]
    public Guid? Run { get; set; }

    /// <summary><c>all</c> reads the journal of the whole environment.</summary>
    [SupplyParameterFromQuery]
    public string? Journal { get; set; }

    private Guid watched;

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (watched != Id)
        {
            (watched, edit, model) = (Id, null, null);
            Watch(Id);
        }

        await RefreshAsync();
    }

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync(CancellationToken ct)
    {
        if (await Desk.GetEnvironmentAsync(Actor, Id, ct) is not { } view)
            return false;
        model = new EnvironmentModel(view);
        shown = Run is { } chosen && chosen != view.LatestRun?.Run.Id ? await Desk.GetRunAsync(Actor, chosen, ct) ?? view.LatestRun : view.LatestRun;
        await journal.RefreshAsync(Desk, Actor, Id, Journal == ActivityTab.Whole ? null : shown?.Run.Id, ct);
        if (Tab == EnvironmentTabs.Changes)
            revisions = await Desk.GetRevisionsAsync(Actor, Id, ct);
        edit ??= new ConfigurationEdit(view.Desired.Parameters, view.Environment.Revision);
        edit.Follow(view.Desired.Parameters, view.Environment.Revision);
        return true;
    }

    private bool Can(Right right) => model is not null && Actor.Has(right, model.Environment.Tenant);

    private void Select(string? node) => Remember("node", node);

    private Task EarlierAsync() => journal.LoadEarlierAsync(Desk, Actor, Ended);

    private Task OperateAsync(OperationWish wish) => DoAsync(Desk.StartRunAsync(Actor, wish.Seen.Id, RunKind.Action, wish.Target, wish.Seen.Revision, Ended, wish.Seen.Generation));

    private async Task CheckAsync() => await DoAsync(Desk.StartRunAsync(Actor, Id, RunKind.Check, null, model?.Environment.Revision, Ended, model?.Environment.Generation));

    private Task Judge(Verdict verdict) => DoAsync(Desk.ActOnRunAsync(Actor, verdict.RunId, verdict.Action, verdict.PlanHash, verdict.Message, Ended));

    private Task StepAsync(StepVerdict verdict) => DoAsync(Desk.ActOnStepAsync(Actor, verdict.RunId, verdict.Node, verdict.Action, verdict.Message, Ended));

    private async Task DeleteAsync()
    {
        var environment = model!.Environment;
        if (await ConfirmByName.ShowAsync(
                Dialogs,
                $"Delete {environment.Name}",
                "Everything Fabric made for this environment is destroyed, data included. What was adopted stays. This cannot be undone.",
                environment.Name,
                "Delete environment"))
            await DoAsync(Desk.DeleteAsync(Actor, environment.Id, environment.Revision, Ended, environment.Generation));
    }

    private async Task HandOverAsync()
    {
        var environment = model!.Environment;
        if (await ConfirmByName.ShowAsync(
                Dialogs,
                $"Hand over {environment.Name}",
                "Everything stays as it is in the account and the cluster, and Fabric looks after it no more: no upgrades, no repair. Afterwards its Terraform states can be downloaded here. This cannot be undone.",
                environment.Name,
                "Hand over"))
            await DoAsync(Desk.StartRunAsync(Actor, environment.Id, RunKind.HandOver, null, environment.Revision, Ended, environment.Generation));
    }
}
