using Fabric.Web.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Fabric.Web.Controls;

/// <summary>The drawing of a blueprint with the state of each node; on a phone a list stands in for it.</summary>
public sealed partial class GraphCanvas : IAsyncDisposable
{
    private ElementReference box;
    private DotNetObjectReference<GraphCanvas>? self;
    private IJSObjectReference? module;
    private IJSObjectReference? graph;
    private GraphWire sent = new();
    private bool gone;

    [Inject] public required IJSRuntime Js { get; init; }

    /// <summary>What to draw.</summary>
    [Parameter, EditorRequired] public IReadOnlyList<GraphNode> Nodes { get; set; } = [];

    /// <summary>Per node name.</summary>
    [Parameter] public IReadOnlyDictionary<string, NodePaint> Paints { get; set; } = new Dictionary<string, NodePaint>();

    /// <summary>Edges that stand out where two drawings are compared.</summary>
    [Parameter] public EdgeMarks Marks { get; set; } = EdgeMarks.None;

    /// <summary>Name of the chosen node.</summary>
    [Parameter] public string? Selected { get; set; }

    /// <summary>A person chose a node, or none.</summary>
    [Parameter] public EventCallback<string?> SelectedChanged { get; set; }

    /// <summary>Called by the drawing.</summary>
    [JSInvokable]
    public Task Choose(string? name) => InvokeAsync(() => SelectedChanged.InvokeAsync(name));

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
            await MakeAsync();
        if (graph is not null && !gone)
            await SendAsync(graph);
    }

    /// <summary>Makes the drawing, unless the person has left the page meanwhile.</summary>
    private async Task MakeAsync()
    {
        self = DotNetObjectReference.Create(this);
        var loaded = await Js.InvokeAsync<IJSObjectReference>("import", "./dist/graph.js");
        if (gone)
        {
            await loaded.DisposeAsync();
            return;
        }

        module = loaded;
        try
        {
            graph = await module.InvokeAsync<IJSObjectReference>("create", box, self);
        }
        catch (JSException) when (gone)
        {
            // Its place was taken out of the page before it was there.
        }
    }

    private async Task SendAsync(IJSObjectReference target)
    {
        if (sent.NodesChanged(Nodes, Marks) is { } nodes)
            await target.InvokeVoidAsync("load", nodes);
        if (sent.PaintsChanged(Nodes, Paints) is { Count: > 0 } paints)
            await target.InvokeVoidAsync("paint", paints);
        if (sent.SelectionChanged(Selected))
            await target.InvokeVoidAsync("select", Selected);
    }

    private async Task ZoomAsync(double step)
    {
        if (graph is not null)
            await graph.InvokeVoidAsync("zoom", step);
    }

    private async Task FitAsync()
    {
        if (graph is not null)
            await graph.InvokeVoidAsync("fit");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        gone = true;
        self?.Dispose();
        try
        {
            if (graph is not null)
            {
                await graph.InvokeVoidAsync("dispose");
                await graph.DisposeAsync();
            }

            if (module is not null)
                await module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The page is gone, and the drawing with it.
        }
    }
}
