using Fabric.Web.Live;
using Fabric.Workflows.Tenancy;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace Fabric.Web.Shell;

/// <summary>Says in which tenant one is, and switches.</summary>
public sealed partial class TenantSwitch : IDisposable
{
    private IReadOnlyList<TenantLine> tenants = [];

    [Inject] public required IDesk Desk { get; init; }

    [Inject] public required ILogger<TenantSwitch> Logger { get; init; }

    /// <summary>Who looks.</summary>
    [CascadingParameter] public Actor? Actor { get; set; }

    private string? Chosen => System.Web.HttpUtility.ParseQueryString(new Uri(Navigation.Uri).Query)["tenant"];

    private string Current => Actor!.IsVendor ? Chosen ?? "All tenants" : Actor.Tenant;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        Navigation.LocationChanged += Moved;
        if (Actor is not { } actor)
            return;
        try
        {
            tenants = await Desk.ListTenantsAsync(actor, CancellationToken.None);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // The frame outlives a directory that does not answer: one tenant is shown, as for who has no other.
            NotListed(Logger, failure);
        }
    }

    private void Moved(object? sender, LocationChangedEventArgs moved) => InvokeAsync(StateHasChanged);

    /// <inheritdoc/>
    public void Dispose() => Navigation.LocationChanged -= Moved;

    [LoggerMessage(Level = LogLevel.Warning, Message = "The tenants of a person could not be listed")]
    private static partial void NotListed(ILogger logger, Exception failure);
}
