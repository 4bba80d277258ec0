using Fabric.Web.Access;
using Fabric.Web.Designer.Canvas;
using Fabric.Web.Designer.Editor;
using Fabric.Web.Designer.Palette;
using Fabric.Web.Designer.Session;
using Fabric.Web.Portal.Frame;
using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Blueprints.Drafts;
using Fabric.Workflows.Tenancy;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace Fabric.Web.Designer;

/// <summary>The designer: palette, canvas, inspector, text and problems of one draft.</summary>
public sealed partial class DesignerPage : LivePage, IDisposable
{
    private DesignerModel? model;
    private DesignCanvas? canvas;
    private TextPane? text;
    private IDisposable? feed;
    private Presence.Seat? seat;
    private IReadOnlyList<string> others = [];
    private string? dock = "text";
    private (int Line, int Column)? goTo;

    [Inject] public required DraftBook Drafts { get; init; }

    [Inject] public required BlueprintLibrary Library { get; init; }

    [Inject] public required DraftFeed Feed { get; init; }

    [Inject] public required Presence Presence { get; init; }

    [Inject] public required AuthenticationStateProvider People { get; init; }

    /// <summary>The blueprint.</summary>
    [Parameter] public string Name { get; set; } = "";

    /// <inheritdoc/>
    protected override bool VendorOnly => true;

    private bool Editable => Rights.Has(Actor.Role, Right.Design);

    /// <inheritdoc/>
    void IDisposable.Dispose()
    {
        feed?.Dispose();
        seat?.Dispose();
        Presence.Changed -= Arrived;
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override Task OnInitializedAsync() => RefreshAsync();

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync(CancellationToken ct)
    {
        if (model is not null)
        {
            await model.Session.FollowAsync(ct);
            return true;
        }

        var session = new DesignerSession(Drafts, Library, AsNowAsync, Name);
        if (!await session.OpenAsync(ct))
            return false;
        var opened = new DesignerModel(session, Logger, Time, Ended);
        opened.Changed += () => _ = InvokeAsync(StateHasChanged);
        model = opened;
        feed = Feed.Watch(news => _ = InvokeAsync(() => FollowAsync(news)));
        Presence.Changed += Arrived;
        seat = Presence.Join(Name, Actor.Name);
        others = Presence.Others(seat);
        return true;
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (goTo is not { } place || text is null)
            return;
        goTo = null;
        await text.GoAsync(place.Line, place.Column);
    }

    /// <summary>The person as the directory knows them now: a role that was taken away holds for an open page too.</summary>
    private async Task<Actor?> AsNowAsync() => People is SignedIn { IsPage: true } person ? await person.AskAsync() : Actor;

    private async Task FollowAsync(DraftNews news)
    {
        var mine = news.Name == Name;
        if (model is not { } shown || (mine && news.Version <= shown.Session.Saved?.Version) || (!mine && shown.Session.Draft?.Text.IsDerived is not true))
            return;
        if (await shown.FollowAsync() && mine)
            shown.Tell($"{news.By}: {news.Label}");
    }

    private void Arrived(string blueprint)
    {
        if (blueprint == Name)
            _ = InvokeAsync(() =>
            {
                others = seat is null ? [] : Presence.Others(seat);
                StateHasChanged();
            });
    }

    private void Dock(string? tab) => dock = tab;

    private Task AddAsync(string key) => AskedPlaceAsync(place => model!.AddAsync(key, place[0], place[1]));

    private async Task AskedPlaceAsync(Func<double[], Task> add) => await add(await canvas!.CentreAsync());

    private async Task PickAsync(PickRequest asked, PickItem item)
    {
        // Closed first: a second press finds nothing to choose, and an answer may ask the next question.
        if (model!.Pick != asked)
            return;
        model.Ask(null);
        await asked.Chosen(item.Key);
    }

    private void TurnAway()
    {
        model!.Ask(null);
        if (model.Selected is [var node])
            model.Show(node);
    }

    private async Task GoAsync(Fault fault)
    {
        if (fault.Node is { } node && model!.Session.Canvas?.Nodes.Any(card => card.Name == node) is true)
            model.Show(node);
        if (fault.Line > 0 && fault.File == $"{Name}.yaml")
            await GoToLineAsync(fault.Line, fault.Column);
    }

    private Task GoToLineAsync(int line, int column)
    {
        (dock, goTo) = ("text", (line, column));
        StateHasChanged();
        return Task.CompletedTask;
    }
}
