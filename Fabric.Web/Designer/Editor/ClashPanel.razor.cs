using Fabric.Web.Controls;
using Fabric.Web.Designer.Session;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Fabric.Web.Designer.Editor;

/// <summary>Shows a <see cref="Session.Clash"/> and asks how it ends.</summary>
public sealed partial class ClashPanel : IAsyncDisposable
{
    private ElementReference box;
    private ElementReference panel;
    private IJSObjectReference? module;
    private IJSObjectReference? view;

    [Inject] public required IJSRuntime Js { get; init; }

    /// <summary>Both sides.</summary>
    [Parameter, EditorRequired] public required Clash Clash { get; set; }

    /// <summary>The person decided.</summary>
    [Parameter] public EventCallback<ClashChoice> Decided { get; set; }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;
        await panel.TryFocusAsync();
        await using (var shell = await Js.InvokeAsync<IJSObjectReference>("import", "./js/shell.js"))
            await shell.InvokeVoidAsync("trap", panel);
        module = await Js.InvokeAsync<IJSObjectReference>("import", "./dist/yaml.js");
        view = await module.InvokeAsync<IJSObjectReference>("compare", box, Clash.Theirs, Clash.Mine, $"Saved by {Clash.By}", "Yours");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (view is not null)
            {
                await view.InvokeVoidAsync("dispose");
                await view.DisposeAsync();
            }

            if (module is not null)
                await module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The page is gone, and both sides with it.
        }
    }
}
