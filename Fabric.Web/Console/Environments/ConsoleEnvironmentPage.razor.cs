using Fabric.Web.Controls;
using Fabric.Web.Live;
using Fabric.Web.Portal.Environments;
using Fabric.Web.Portal.Frame;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Executors;
using Fabric.Workflows.Runs;
using Fabric.Workflows.Tenancy;
using Microsoft.AspNetCore.Components;

namespace Fabric.Web.ConsoleView.Environments;

/// <summary>An environment as who operates it sees it: drawing, runs, and the chosen run's steps and journal.</summary>
public sealed partial class ConsoleEnvironmentPage : LivePage
{
    private EnvironmentModel? model;
    private RunView? shown;
    private readonly JournalPages journal = new();
    private Guid watched;

    /// <summary>The environment.</summary>
    [Parameter]
    public Guid Id { get; set; }

    /// <summary>The chosen run; the latest when none is named.</summary>
    [SupplyParameterFromQuery]
    public Guid? Run { get; set; }

    /// <summary>The node whose sheet is open.</summary>
    [SupplyParameterFromQuery]
    public string? Node { get; set; }

    /// <summary><c>all</c> reads the journal of the whole environment.</summary>
    [SupplyParameterFromQuery]
    public string? Journal { get; set; }

    /// <summary>The open part.</summary>
    [SupplyParameterFromQuery]
    public string? Tab { get; set; }

    /// <summary>The node whose state is shown.</summary>
    [SupplyParameterFromQuery]
    public string? Entity { get; set; }

    /// <inheritdoc/>
    protected override bool VendorOnly => true;

    /// <summary>What Terraform makes of it.</summary>
    private IReadOnlyList<Entity> Made => [.. model!.View.Entities.Where(entity => entity is { Executor: ExecutorNames.Terraform, NoOp: false })];

    /// <inheritdoc/>
    protected override Task OnParametersSetAsync()
    {
        if (watched != Id)
        {
            (watched, model) = (Id, null);
            Watch(Id);
        }

        return RefreshAsync();
    }

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync(CancellationToken ct)
    {
        if (await Desk.GetEnvironmentAsync(Actor, Id, ct) is not { } view)
            return false;
        model = new EnvironmentModel(view);
        shown = Run is { } chosen && chosen != view.LatestRun?.Run.Id ? await Desk.GetRunAsync(Actor, chosen, ct) ?? view.LatestRun : view.LatestRun;
        await journal.RefreshAsync(Desk, Actor, Id, Journal == ActivityTab.Whole ? null : shown?.Run.Id, ct);
        return true;
    }

    private void Select(string? node) => Remember("node", node);

    private Task EarlierAsync() => journal.LoadEarlierAsync(Desk, Actor, Ended);

    private Task OperateAsync(OperationWish wish) => DoAsync(Desk.StartRunAsync(Actor, wish.Seen.Id, RunKind.Action, wish.Target, wish.Seen.Revision, Ended, wish.Seen.Generation));

    private Task CheckAsync() => DoAsync(Desk.StartRunAsync(Actor, Id, RunKind.Check, null, model!.Environment.Revision, Ended, model.Environment.Generation));

    private bool MayChange => model is not null && Actor.Has(Right.Change, model.Environment.Tenant);

    private bool MayDelete => model is not null && Actor.Has(Right.Delete, model.Environment.Tenant);

    private Task Judge(Verdict verdict) => DoAsync(Desk.ActOnRunAsync(Actor, verdict.RunId, verdict.Action, verdict.PlanHash, verdict.Message, Ended));

    private Task StepAsync(StepVerdict verdict) => DoAsync(Desk.ActOnStepAsync(Actor, verdict.RunId, verdict.Node, verdict.Action, verdict.Message, Ended));
}
