using Fabric.Web.Controls;
using Fabric.Web.Live;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Runs;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace Fabric.Web.Portal.Environments;

/// <summary>All about one node, beside the drawing.</summary>
public sealed partial class NodeSheet
{
    private ElementReference sheet;
    private Entity? entity;
    private Step? step;
    private IReadOnlyList<RunEvent> mine = [];

    /// <summary>The node.</summary>
    [Parameter, EditorRequired]
    public required GraphNode Node { get; set; }

    /// <summary>The environment.</summary>
    [Parameter, EditorRequired]
    public required EnvironmentModel Model { get; set; }

    /// <summary>Events of the run; the node's own are shown.</summary>
    [Parameter]
    public IReadOnlyList<RunEvent> Events { get; set; } = [];

    /// <summary>Acts on the node's step.</summary>
    [Parameter]
    public EventCallback<StepVerdict> OnAct { get; set; }

    /// <summary>The clock.</summary>
    [Inject]
    public required TimeProvider Time { get; init; }

    /// <summary>Whether the role may start operations.</summary>
    [Parameter]
    public bool MayOperate { get; set; }

    /// <summary>Whether the role may remove what is left in a network.</summary>
    [Parameter]
    public bool MayRemove { get; set; }

    /// <summary>Starts an operation.</summary>
    [Parameter]
    public EventCallback<OperationWish> OnOperate { get; set; }

    /// <summary>Closes the sheet.</summary>
    [Parameter]
    public EventCallback OnClose { get; set; }

    private NodePaint Paint => Model.Paints[Node.Name];

    private string Sentence => step is { Message.Length: > 0 } ? step.Message : entity?.Message ?? "";

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        entity = Model.Entity(Node.Name);
        step = Model.Step(Node.Name);
        mine = [.. Events.Where(line => line.Node == Node.Name)];
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
            await sheet.FocusAsync(preventScroll: true);
    }

    private Task KeyAsync(KeyboardEventArgs key) => key.Key == "Escape" ? OnClose.InvokeAsync() : Task.CompletedTask;
}
