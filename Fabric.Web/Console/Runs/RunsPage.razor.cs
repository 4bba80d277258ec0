using Fabric.Web.Live;
using Fabric.Web.Portal.Frame;
using Microsoft.AspNetCore.Components;

namespace Fabric.Web.ConsoleView.Runs;

/// <summary>Runs of every environment, newest first, live.</summary>
public sealed partial class RunsPage : LivePage
{
    private const int PageSize = 100;

    private RunsView runs = new([], false, []);
    private int limit = PageSize;

    /// <summary>A state, or <c>going</c>, <c>waiting</c>.</summary>
    [SupplyParameterFromQuery]
    public string? State { get; set; }

    /// <summary>A kind of run.</summary>
    [SupplyParameterFromQuery]
    public string? Kind { get; set; }

    /// <summary>A tenant.</summary>
    [SupplyParameterFromQuery]
    public string? Tenant { get; set; }

    /// <summary>A piece of the environment's name, or of who asked.</summary>
    [SupplyParameterFromQuery]
    public string? Q { get; set; }

    /// <inheritdoc/>
    protected override bool VendorOnly => true;

    private bool Filtered => new[] { State, Kind, Tenant, Q }.Any(part => !string.IsNullOrEmpty(part));

    /// <inheritdoc/>
    protected override void OnInitialized() => Watch(null);

    /// <inheritdoc/>
    protected override Task OnParametersSetAsync()
    {
        limit = PageSize;
        return RefreshAsync();
    }

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync(CancellationToken ct)
    {
        runs = await Desk.ListRunsAsync(Actor, new RunFilter(State, Kind, Tenant, Q), limit, ct);
        return true;
    }

    private Task EarlierAsync()
    {
        limit += PageSize;
        return RefreshAsync();
    }

    private static string? Given(object? text) => text as string is { Length: > 0 } given ? given : null;
}
