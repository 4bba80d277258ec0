using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Fabric.Web.Designer.Canvas;

/// <summary>The canvas: sends differences to the browser and takes its gestures through <see cref="Gestures"/>.</summary>
public sealed partial class DesignCanvas : IAsyncDisposable
{
    private CanvasWire wire = new();
    private ElementReference host;
    private ElementReference box;
    private ElementReference map;
    private DotNetObjectReference<Gestures>? gestures;
    private IJSObjectReference? module;
    private IJSObjectReference? canvas;
    private string sentSelection = "";
    private string? showing;

    [Inject] public required IJSRuntime Js { get; init; }

    /// <summary>What is drawn.</summary>
    [Parameter, EditorRequired] public required DesignerModel Model { get; set; }

    /// <summary>Whether anything may be changed.</summary>
    [Parameter] public bool Editable { get; set; }

    /// <summary>Lines the chosen nodes up, or spreads them: <c>left</c>, <c>top</c>, <c>across</c>, <c>down</c>.</summary>
    public Task AlignAsync(string how) => CallAsync("align", how);

    /// <summary>Where a node stands in the middle of what is on screen: left and top.</summary>
    public async Task<double[]> CentreAsync() => canvas is null ? [0, 0] : await canvas.InvokeAsync<double[]>("centre");

    /// <inheritdoc/>
    protected override void OnInitialized() => Model.Shown += Show;

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            gestures = DotNetObjectReference.Create(new Gestures(Model, InvokeAsync, AgainAsync));
            module = await Js.InvokeAsync<IJSObjectReference>("import", "./dist/graph.js");
            canvas = await module.InvokeAsync<IJSObjectReference>("design", host, box, map, gestures, Editable);
        }

        if (canvas is null || Model.Session.Canvas is not { } drawn)
            return;
        if (wire.Next(drawn, Model.Session.Problems) is { } change)
            await canvas.InvokeVoidAsync("apply", change);
        var selection = $"{string.Join(',', Model.Selected)}|{Model.Edge}";
        if (selection != sentSelection)
        {
            sentSelection = selection;
            await canvas.InvokeVoidAsync("select", Model.Selected, Model.Edge is { } edge ? $"{edge.From}>{edge.To}" : null);
        }

        if (showing is { } node && drawn.Nodes.Any(card => card.Name == node))
        {
            showing = null;
            await canvas.InvokeVoidAsync("show", node);
        }
    }

    // Once its card is there: it may be one that the next render draws.
    private void Show(string node) => _ = InvokeAsync(() =>
    {
        showing = node;
        StateHasChanged();
    });

    private Task AgainAsync()
    {
        wire = new CanvasWire();
        StateHasChanged();
        return Task.CompletedTask;
    }

    private async Task CallAsync(string method, params object?[] values)
    {
        if (canvas is not null)
            await canvas.InvokeVoidAsync(method, values);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Model.Shown -= Show;
        try
        {
            if (canvas is not null)
            {
                await canvas.InvokeVoidAsync("dispose");
                await canvas.DisposeAsync();
            }

            if (module is not null)
                await module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The page is gone, and the canvas with it.
        }

        gestures?.Dispose();
    }
}
