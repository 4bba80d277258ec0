using Fabric.Web.Controls;
using Fabric.Web.Live;
using Fabric.Web.Portal.Frame;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Tenancy;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Fabric.Web.ConsoleView.Agents;

/// <summary>Every agent, live.</summary>
public sealed partial class AgentsPage : LivePage
{
    private IReadOnlyList<AgentView> agents = [];
    private IReadOnlyList<UnreachableCell> unreachable = [];

    /// <summary>Asks for the agent's name before it is revoked.</summary>
    [Inject]
    public required IDialogService Dialogs { get; init; }

    /// <summary>Words to look for.</summary>
    [SupplyParameterFromQuery]
    public string? Q { get; set; }

    /// <summary><c>away</c> shows the agents that were not heard of; null shows all.</summary>
    [SupplyParameterFromQuery]
    public string? State { get; set; }

    /// <inheritdoc/>
    protected override bool VendorOnly => true;

    private IReadOnlyList<AgentView> Shown => [.. agents.Where(view => AgentText.Matches(view, State, Q))];

    /// <inheritdoc/>
    protected override Task OnInitializedAsync()
    {
        Watch(null);
        return RefreshAsync();
    }

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync(CancellationToken ct)
    {
        var found = await Desk.ListAgentsAsync(Actor, ct);
        (agents, unreachable) = (AgentText.InOrder(found.Agents), found.Unreachable);
        return true;
    }

    private bool MayRevoke(AgentView view) => view.Agent.RevokedAt is null && Actor.Has(Right.Connect, view.Agent.Tenant);

    private async Task RevokeAsync(AgentView view)
    {
        if (await ConfirmByName.ShowAsync(
                Dialogs,
                $"Revoke {view.Agent.Name}",
                $"The agent is refused from now on. It serves {AgentText.Serves(view)}; what runs in the cluster goes on, nothing new reaches it.",
                view.Agent.Name,
                "Revoke agent"))
            await DoAsync(Desk.RevokeAgentAsync(Actor, view.Agent.Id, Ended));
    }
}
