using Fabric.Web.Controls;
using Fabric.Web.Portal.Frame;
using Fabric.Workflows.Runs;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Fabric.Web.Portal.Environments;

/// <summary>The log of one step.</summary>
public sealed partial class StepLogPart : LivePart, IAsyncDisposable
{
    private readonly StepLogPages pages = new();
    private ElementReference box;
    private Following? following;

    /// <summary>Scrolls the box.</summary>
    [Inject]
    public required IJSRuntime Js { get; init; }

    /// <summary>The step.</summary>
    [Parameter, EditorRequired]
    public required Step Step { get; set; }

    /// <summary>It has the page's height, and not a part of a sheet's.</summary>
    [Parameter]
    public bool Tall { get; set; }

    private string Empty => !HasRead ? "Reading the log." : Step.State.IsTerminal() ? "Nothing was printed for it." : "Nothing was printed yet.";

    /// <inheritdoc/>
    protected override Task ReadAsync(CancellationToken ct) => pages.RefreshAsync(Desk, Actor, Step.EnvironmentId, Step.RunId, Step.Node, ct);

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (pages.Chunks.Count > 0)
            await (following ??= new Following(Js)).BeginAsync(box);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Dispose();
        if (following is not null)
            await following.DisposeAsync();
    }

    private Task EarlierAsync() => pages.LoadEarlierAsync(Desk, Actor, Step.EnvironmentId, Ended);
}
