using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Fabric.Web.Controls;

/// <summary>Moves the focus where it can be moved.</summary>
public static class Focusing
{
    /// <summary>Focuses an element; one that left the page before the browser heard of it is let be.</summary>
    public static async Task TryFocusAsync(this ElementReference element)
    {
        try
        {
            await element.FocusAsync();
        }
        catch (JSException)
        {
            // It was drawn and taken away again while the browser was asked.
        }
    }
}
