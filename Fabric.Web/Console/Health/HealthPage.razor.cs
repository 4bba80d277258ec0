using Fabric.Web.Live;
using Fabric.Web.Portal.Frame;
using Microsoft.AspNetCore.Components;

namespace Fabric.Web.ConsoleView.Health;

/// <summary>Whether the server can work: its Terraform, its cells.</summary>
public sealed partial class HealthPage : LivePage
{
    private ServerHealth? health;

    /// <summary>Knows the server.</summary>
    [Inject]
    public required ITerraformDesk Terraform { get; init; }

    /// <inheritdoc/>
    protected override bool VendorOnly => true;

    /// <inheritdoc/>
    protected override Task OnInitializedAsync()
    {
        Watch(null);
        return RefreshAsync();
    }

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync(CancellationToken ct)
    {
        health = await Terraform.GetHealthAsync(Actor, ct);
        return health is not null;
    }
}
