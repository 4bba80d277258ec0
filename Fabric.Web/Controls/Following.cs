using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Fabric.Web.Controls;

/// <summary>Keeps a box at its end while lines are added to it, unless a person has scrolled up in it.</summary>
public sealed class Following(IJSRuntime js) : IAsyncDisposable
{
    private IJSObjectReference? module;
    private IJSObjectReference? following;
    private bool asked;

    /// <summary>Begins with the first call; the browser goes on by itself.</summary>
    public async Task BeginAsync(ElementReference box)
    {
        if (asked)
            return;
        asked = true;
        module = await js.InvokeAsync<IJSObjectReference>("import", "./js/shell.js");
        following = await module.InvokeAsync<IJSObjectReference>("follow", box);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (following is not null)
            {
                await following.InvokeVoidAsync("dispose");
                await following.DisposeAsync();
            }

            if (module is not null)
                await module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The page is gone, and the box with it.
        }
    }
}
