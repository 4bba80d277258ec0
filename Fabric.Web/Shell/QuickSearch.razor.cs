using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;

namespace Fabric.Web.Shell;

/// <summary>The search button of the top bar; Ctrl-K presses it from anywhere.</summary>
public sealed partial class QuickSearch : IAsyncDisposable
{
    private DotNetObjectReference<QuickSearch>? self;
    private IJSObjectReference? module;
    private IJSObjectReference? keys;
    private IDialogReference? shown;

    [Inject] public required IJSRuntime Js { get; init; }

    [Inject] public required IDialogService Dialogs { get; init; }

    /// <summary>Where results lead: <c>/portal</c> or <c>/console</c>.</summary>
    [Parameter, EditorRequired] public string Area { get; set; } = "/portal";

    /// <summary>Opens the dialog, once.</summary>
    [JSInvokable]
    public Task Open() => InvokeAsync(async () =>
    {
        if (shown is not null)
            return;
        var options = new DialogOptions { NoHeader = true, FullWidth = true, MaxWidth = MaxWidth.Small, Position = DialogPosition.TopCenter, CloseOnEscapeKey = true };
        shown = await Dialogs.ShowAsync<SearchDialog>("Search", new DialogParameters<SearchDialog> { { dialog => dialog.Area, Area } }, options);
        await shown.Result;
        shown = null;
    });

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;
        self = DotNetObjectReference.Create(this);
        module = await Js.InvokeAsync<IJSObjectReference>("import", "./js/shell.js");
        keys = await module.InvokeAsync<IJSObjectReference>("quickSearch", self);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        self?.Dispose();
        try
        {
            if (keys is not null)
            {
                await keys.InvokeVoidAsync("dispose");
                await keys.DisposeAsync();
            }

            if (module is not null)
                await module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The page is gone, and its keys with it.
        }
    }
}
