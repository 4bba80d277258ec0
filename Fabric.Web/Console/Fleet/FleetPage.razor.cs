using Fabric.Web.Live;
using Fabric.Web.Portal.Frame;
using Microsoft.AspNetCore.Components;

namespace Fabric.Web.ConsoleView.Fleet;

/// <summary>Every environment of every tenant, live.</summary>
public sealed partial class FleetPage : LivePage
{
    private FleetView? fleet;
    private IReadOnlyList<FleetRow> all = [];
    private IReadOnlyList<FleetRow> rows = [];
    private FleetFilter filter = new(null, null, null);
    private FleetColumns columns = new(null);

    /// <summary>A state or group of states.</summary>
    [SupplyParameterFromQuery]
    public string? State { get; set; }

    /// <summary>A tenant.</summary>
    [SupplyParameterFromQuery]
    public string? Tenant { get; set; }

    /// <summary>Words to look for.</summary>
    [SupplyParameterFromQuery]
    public string? Q { get; set; }

    /// <summary>Hidden columns.</summary>
    [SupplyParameterFromQuery]
    public string? Hide { get; set; }

    /// <inheritdoc/>
    protected override bool VendorOnly => true;

    /// <inheritdoc/>
    protected override Task OnInitializedAsync()
    {
        Watch(null);
        return RefreshAsync();
    }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        filter = FleetFilter.Of(State, Tenant, Q);
        columns = new FleetColumns(Hide);
        Choose();
    }

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync(CancellationToken ct)
    {
        fleet = await Desk.ListEnvironmentsAsync(Actor, ct);
        var now = Time.GetUtcNow();
        all = FleetRow.InOrder(fleet.Environments.Select(line => FleetRow.Of(line, now)));
        Choose();
        return true;
    }

    private void Choose() => rows = [.. all.Where(filter.Matches)];

    private void Open(FleetRow? row)
    {
        if (row is not null)
            Navigation.NavigateTo(Href(row));
    }

    private static string Href(FleetRow row) => $"console/environments/{row.Environment.Id}";
}
