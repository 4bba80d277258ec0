using Fabric.Web.Controls;
using Fabric.Web.Live;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Tenancy;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Fabric.Web.Portal.Environments;

/// <summary>The agent that serves an environment: connect it, look at it, revoke it.</summary>
public sealed partial class AgentTab
{
    private EnrollmentView? enrollment;
    private IReadOnlyList<OperationFault> faults = [];

    /// <summary>All that the tab asks of the product.</summary>
    [Inject]
    public required IDesk Desk { get; init; }

    /// <summary>Asks for the agent's name before it is revoked.</summary>
    [Inject]
    public required IDialogService Dialogs { get; init; }

    /// <summary>Who connects.</summary>
    [CascadingParameter]
    public required Actor Actor { get; set; }

    /// <summary>The environment.</summary>
    [Parameter, EditorRequired]
    public required Guid EnvironmentId { get; set; }

    /// <summary>Its agent; null while none is connected.</summary>
    [Parameter]
    public AgentView? Agent { get; set; }

    /// <summary>What is under way to get one; empty for nothing.</summary>
    [Parameter]
    public string News { get; set; } = "";

    /// <summary>Its cluster is played by Fabric.</summary>
    [Parameter]
    public bool Simulated { get; set; }

    /// <summary>Whether the role may connect and revoke.</summary>
    [Parameter]
    public bool Editable { get; set; }

    /// <summary>Something was changed.</summary>
    [Parameter]
    public EventCallback OnChanged { get; set; }

    private async Task EnrollAsync()
    {
        var outcome = await Desk.EnrollAsync(Actor, EnvironmentId, CancellationToken.None);
        faults = outcome.Faults;
        enrollment = outcome.Succeeded ? outcome.Value : null;
    }

    private async Task RevokeAsync()
    {
        var agent = Agent!.Agent;
        if (!await ConfirmByName.ShowAsync(
                Dialogs, $"Revoke {agent.Name}", "The agent is refused from now on. What runs in the cluster goes on; nothing new reaches it.", agent.Name, "Revoke agent"))
            return;
        faults = (await Desk.RevokeAgentAsync(Actor, agent.Id, CancellationToken.None)).Faults;
        await OnChanged.InvokeAsync();
    }
}
