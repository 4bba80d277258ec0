using Fabric.Web.Live;
using Fabric.Web.Portal.Frame;
using Fabric.Workflows.Tenancy;
using Microsoft.AspNetCore.Components;

namespace Fabric.Web.Portal.Home;

/// <summary>The first page: is everything well, what needs me, what changed; and the list of environments.</summary>
public sealed partial class HomePage : LivePage
{
    private const int ChangesShown = 8;
    private HomeModel? model;

    /// <summary>For vendor roles: one tenant's environments alone.</summary>
    [SupplyParameterFromQuery]
    public string? Tenant { get; set; }

    /// <summary>The same page as a plain list.</summary>
    private bool ListOnly => new Uri(Navigation.Uri).AbsolutePath.EndsWith("/environments", StringComparison.Ordinal);

    private bool MayCreate => Actor.Has(Right.Change, Actor.IsVendor && Tenant is { } chosen ? chosen : Actor.Tenant);

    private string CreateHref => Actor.IsVendor && Tenant is { } chosen ? $"portal/new?tenant={Uri.EscapeDataString(chosen)}" : "portal/new";

    /// <inheritdoc/>
    protected override void OnInitialized() => Watch(null);

    /// <inheritdoc/>
    protected override Task OnParametersSetAsync() => RefreshAsync();

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync(CancellationToken ct)
    {
        var fleet = await Desk.ListEnvironmentsAsync(Actor, ct);
        var agents = (await Desk.ListAgentsAsync(Actor, ct)).Agents;
        var runs = await Desk.ListRunsAsync(Actor, new RunFilter(Tenant: Actor.IsVendor ? Tenant : null), ChangesShown, ct);
        if (Actor.IsVendor && Tenant is { Length: > 0 } chosen)
        {
            fleet = fleet with { Environments = [.. fleet.Environments.Where(line => line.Environment.Tenant == chosen)] };
            agents = [.. agents.Where(view => view.Agent.Tenant == chosen)];
        }

        model = new HomeModel(fleet, agents, runs, Actor, Time.GetUtcNow());
        return true;
    }
}
