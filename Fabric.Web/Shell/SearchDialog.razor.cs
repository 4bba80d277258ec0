using Fabric.Web.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using MudBlazor;

namespace Fabric.Web.Shell;

/// <summary>Opens an environment, a page or an action by a piece of its name, by keys alone if one likes.</summary>
public sealed partial class SearchDialog
{
    private IReadOnlyList<QuickItem> all = [];
    private IReadOnlyList<QuickItem> hits = [];
    private ElementReference box;
    private string text = "";
    private bool loaded;
    private bool failed;
    private int at;

    [Inject] public required IDesk Desk { get; init; }

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    [Inject] public required Look Look { get; init; }

    [Inject] public required ILogger<SearchDialog> Logger { get; init; }

    /// <summary>The dialog this stands in.</summary>
    [CascadingParameter] public required IMudDialogInstance Dialog { get; set; }

    /// <summary>Where results lead.</summary>
    [Parameter] public string Area { get; set; } = "/portal";

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        if (await Current.GetAsync() is { } actor)
        {
            all = QuickItem.All(Area, actor, []);
            try
            {
                all = QuickItem.All(Area, actor, (await Desk.ListEnvironmentsAsync(actor, CancellationToken.None)).Environments);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                NotRead(Logger, failure);
                failed = true;
            }
        }

        loaded = true;
        Find();
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
            await box.FocusAsync();
    }

    private void Type(ChangeEventArgs change)
    {
        text = change.Value?.ToString() ?? "";
        Find();
    }

    private void Find() => (hits, at) = (QuickItem.Find(all, text), 0);

    private Task PressAsync(KeyboardEventArgs key)
    {
        if (hits.Count == 0)
            return Task.CompletedTask;
        if (key.Key == "Enter")
            return GoAsync(hits[at]);
        if (key.Key is "ArrowDown" or "ArrowUp")
            at = (at + (key.Key == "ArrowDown" ? 1 : hits.Count - 1)) % hits.Count;
        return Task.CompletedTask;
    }

    private async Task GoAsync(QuickItem item)
    {
        Dialog.Close();
        if (item.Href is { } href)
            Navigation.NavigateTo(href);
        else if (item.Title == QuickItem.Colours)
            await Look.ToggleAsync();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The environments could not be read for the search")]
    private static partial void NotRead(ILogger logger, Exception failure);
}
