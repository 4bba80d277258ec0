using Fabric.Web.Controls;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;

namespace Fabric.Web.Designer.Palette;

/// <summary>Asks a <see cref="PickRequest"/>.</summary>
public sealed partial class QuickPick : IAsyncDisposable
{
    private ElementReference field;
    private ElementReference box;
    private IJSObjectReference? shell;
    private int shown;
    private string text = "";
    private int at;

    [Inject] public required IJSRuntime Js { get; init; }

    /// <summary>The question.</summary>
    [Parameter, EditorRequired] public required PickRequest Request { get; set; }

    /// <summary>The person turned away, or chose.</summary>
    [Parameter] public EventCallback Closed { get; set; }

    /// <summary>What is chosen.</summary>
    [Parameter] public EventCallback<PickItem> Chosen { get; set; }

    private IReadOnlyList<PickItem> Found => [.. Request.Items
        .Where(item => Words.All(word => item.Label.Contains(word, StringComparison.OrdinalIgnoreCase) || item.Key.Contains(word, StringComparison.OrdinalIgnoreCase) || item.Detail.Contains(word, StringComparison.OrdinalIgnoreCase)))
        .OrderBy(item => text.Length > 0 && (item.Label.StartsWith(text, StringComparison.OrdinalIgnoreCase) || item.Key.StartsWith(text, StringComparison.OrdinalIgnoreCase)) ? 0 : 1)];

    private string[] Words => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await field.TryFocusAsync();
            shell = await Js.InvokeAsync<IJSObjectReference>("import", "./js/shell.js");
            await shell.InvokeVoidAsync("trap", box);
        }
        else if (shell is not null && shown != at)
        {
            shown = at;
            await shell.InvokeVoidAsync("reveal", $"pick-{at}");
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (shell is not null)
                await shell.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The page is gone, and the dialog with it.
        }
    }

    private void Type(ChangeEventArgs change) => (text, at) = (change.Value?.ToString() ?? "", 0);

    private async Task KeyAsync(KeyboardEventArgs key)
    {
        switch (key.Key)
        {
            case "ArrowDown":
                at = Math.Min(at + 1, Math.Max(0, Found.Count - 1));
                break;
            case "ArrowUp":
                at = Math.Max(0, at - 1);
                break;
            case "Enter" when at < Found.Count:
                await ChooseAsync(Found[at]);
                break;
            case "Escape":
                await Closed.InvokeAsync();
                break;
        }
    }

    private Task ChooseAsync(PickItem item) => Chosen.InvokeAsync(item);
}
