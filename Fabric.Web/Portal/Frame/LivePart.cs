using Fabric.Web.Live;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Tenancy;
using Microsoft.AspNetCore.Components;

namespace Fabric.Web.Portal.Frame;

/// <summary>A part of a page that reads for itself, and anew whenever the page around it takes a new snapshot. What it cannot read leaves the page alone.</summary>
public abstract partial class LivePart : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource ended = new();
    private Task turn = Task.CompletedTask;

    /// <summary>Listens to nothing by itself.</summary>
    protected LivePart() => Ended = ended.Token;

    /// <summary>Whom it asks.</summary>
    [Inject]
    public required ITerraformDesk Desk { get; init; }

    /// <summary>Where a failed answer is written down.</summary>
    [Inject]
    public required ILogger<LivePart> Logger { get; init; }

    /// <summary>Who looks.</summary>
    [CascadingParameter]
    public required Actor Actor { get; set; }

    /// <summary>What stood in the way of the last thing the person asked for.</summary>
    protected IReadOnlyList<OperationFault> Faults { get; set; } = [];

    /// <summary>Something was read at least once.</summary>
    protected bool HasRead { get; private set; }

    /// <summary>The last read failed; what is shown is older.</summary>
    protected bool Failed { get; private set; }

    /// <summary>Ends with the part, and may be asked for after it.</summary>
    protected CancellationToken Ended { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Reads what is shown.</summary>
    protected abstract Task ReadAsync(CancellationToken ct);

    /// <inheritdoc/>
    protected override Task OnParametersSetAsync() => RefreshAsync();

    /// <summary>Reads anew. One read at a time, so that an older one never replaces a newer.</summary>
    protected Task RefreshAsync() => turn = TakeAsync(turn);

    /// <summary>Does what the person asked for and shows what stood in its way.</summary>
    protected async Task<Outcome<T>> DoAsync<T>(Task<Outcome<T>> deed)
    {
        var outcome = await deed;
        Faults = outcome.Faults;
        await RefreshAsync();
        return outcome;
    }

    /// <summary>Ends it.</summary>
    protected virtual void Dispose(bool disposing)
    {
        ended.Cancel();
        ended.Dispose();
    }

    private async Task TakeAsync(Task before)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        if (Ended.IsCancellationRequested)
            return;
        try
        {
            await ReadAsync(Ended);
            (HasRead, Failed) = (true, false);
        }
        catch (Exception failure)
        {
            if (Ended.IsCancellationRequested)
                return;
            NotRead(Logger, failure);
            Failed = true;
        }
    }
}
