using Microsoft.JSInterop;

namespace Fabric.Web.Shell;

/// <summary>Light or dark, for one circuit; the cookie carries it to the next.</summary>
public sealed class Look(IJSRuntime js)
{
    /// <summary>Name of the cookie: <c>light</c> or <c>dark</c>.</summary>
    public const string Cookie = "fabric-theme";

    /// <summary>Dark now.</summary>
    public bool Dark { get; set; }

    /// <summary>After <see cref="Dark"/> has changed.</summary>
    public event Action? Changed;

    /// <summary>Switches and remembers.</summary>
    public async Task ToggleAsync()
    {
        Dark = !Dark;
        Changed?.Invoke();
        await using var module = await js.InvokeAsync<IJSObjectReference>("import", "./js/shell.js");
        await module.InvokeVoidAsync("theme", Dark);
    }
}
