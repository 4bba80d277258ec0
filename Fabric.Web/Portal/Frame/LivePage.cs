using Fabric.Web.Controls;
using Fabric.Web.Live;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Tenancy;
using Microsoft.AspNetCore.Components;

namespace Fabric.Web.Portal.Frame;

/// <summary>A page that shows one snapshot of the desk and takes a new one whenever the desk says that something changed.</summary>
public abstract partial class LivePage : ComponentBase, IDisposable
{
    /// <summary>How often a page looks without being told: silence and expiry write no row.</summary>
    public static readonly TimeSpan Beat = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource ended = new();
    private LiveRefresh? live;
    private DateTimeOffset takenAt;
    private Task? taking;
    private Task? next;

    /// <summary>All that the page asks of the product.</summary>
    [Inject]
    public required IDesk Desk { get; init; }

    /// <summary>The clock.</summary>
    [Inject]
    public required TimeProvider Time { get; init; }

    /// <summary>Where one is, and where one goes.</summary>
    [Inject]
    public required NavigationManager Navigation { get; init; }

    /// <summary>Where a failed answer is written down.</summary>
    [Inject]
    public required ILogger<LivePage> Logger { get; init; }

    /// <summary>Who looks.</summary>
    [CascadingParameter]
    public required Actor Actor { get; set; }

    /// <summary>What can be shown.</summary>
    public PageStage Stage { get; private set; } = PageStage.Loading;

    /// <summary>The id to quote when the answer failed.</summary>
    public string FailureId { get; private set; } = "";

    /// <summary>When the snapshot on the page was taken, once a newer one could not be had; null while it is up to date.</summary>
    public DateTimeOffset? StaleSince { get; private set; }

    /// <summary>What stood in the way of the last thing the person asked for.</summary>
    public IReadOnlyList<OperationFault> Faults { get; protected set; } = [];

    /// <summary>Listens to nothing yet.</summary>
    protected LivePage() => Ended = ended.Token;

    /// <summary>Ends with the page, and may be asked for after it.</summary>
    protected CancellationToken Ended { get; }

    /// <summary>Whether the page is the vendor's alone.</summary>
    protected virtual bool VendorOnly => false;

    /// <inheritdoc/>
    public void Dispose()
    {
        live?.Dispose();
        ended.Cancel();
        ended.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Takes the snapshot; false when there is nothing of that name.</summary>
    protected abstract Task<bool> LoadAsync(CancellationToken ct);

    /// <summary>Listens to one environment, or to all of them.</summary>
    protected void Watch(Guid? environmentId)
    {
        live?.Dispose();
        live = new LiveRefresh(Desk, Actor, environmentId, () => InvokeAsync(RefreshAsync), Time, Beat);
    }

    /// <summary>
    /// Takes a new snapshot. A page that has one keeps it while the desk does not answer. Snapshots are taken one after the other, so
    /// that an older one never replaces a newer; who asks while one is taken gets the next.
    /// </summary>
    protected Task RefreshAsync() => taking is not { IsCompleted: false } ? taking = TakeAsync()
        : next is { IsCompleted: false } ? next
        : next = TakeNextAsync(taking);

    private async Task TakeNextAsync(Task before)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        // Who asks from here on wants what this one may not see any more.
        next = null;
        await (taking = TakeAsync());
    }

    private async Task TakeAsync()
    {
        if (ended.IsCancellationRequested)
            return;
        if (VendorOnly && !Actor.IsVendor)
        {
            Stage = PageStage.Forbidden;
            return;
        }

        try
        {
            Stage = await LoadAsync(Ended) ? PageStage.Ready : PageStage.NotFound;
            (takenAt, StaleSince) = (Time.GetUtcNow(), null);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            return;
        }
        catch (Exception failure)
        {
            FailureId = Guid.CreateVersion7(Time.GetUtcNow()).ToString("N")[..12];
            NotLoaded(Logger, failure, FailureId);
            if (Stage is PageStage.Ready)
                StaleSince = takenAt;
            else
                Stage = PageStage.Failed;
        }

        StateHasChanged();
    }

    /// <summary>Does what the person asked for and shows what stood in its way.</summary>
    /// <returns>The outcome; its faults are on the page already.</returns>
    protected async Task<Outcome<T>> DoAsync<T>(Task<Outcome<T>> deed)
    {
        var outcome = await deed;
        Faults = outcome.Faults;
        await RefreshAsync();
        return outcome;
    }

    /// <summary>Puts a value into the address, or takes it out.</summary>
    protected void Remember(string name, string? value) =>
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameter(name, value), new NavigationOptions { ReplaceHistoryEntry = true });
}
