using System.Text.Json.Nodes;
using Fabric.Web.Live;
using Fabric.Workflows.Tenancy;
using Microsoft.AspNetCore.Components;

namespace Fabric.Web.Portal.Environments;

/// <summary>Parameters as a form; a change is reviewed as a diff and a plan before it is saved.</summary>
public sealed partial class ConfigurationTab
{
    private bool busy;

    /// <summary>All that the tab asks of the product.</summary>
    [Inject]
    public required IDesk Desk { get; init; }

    /// <summary>Who changes.</summary>
    [CascadingParameter]
    public required Actor Actor { get; set; }

    /// <summary>The environment.</summary>
    [Parameter, EditorRequired]
    public required EnvironmentModel Model { get; set; }

    /// <summary>The change being made; kept by the page.</summary>
    [Parameter, EditorRequired]
    public required ConfigurationEdit Edit { get; set; }

    /// <summary>Whether the role may change it.</summary>
    [Parameter]
    public bool Editable { get; set; }

    /// <summary>A revision was saved.</summary>
    [Parameter]
    public EventCallback OnSaved { get; set; }

    private void Take(JsonObject values) => Edit.Values = values;

    private void Rebase() => Edit.Rebase(Model.View.Desired.Parameters, Model.Environment.Revision);

    private void Reset() => Edit.Reset(Model.View.Desired.Parameters, Model.Environment.Revision);

    private async Task ReviewAsync()
    {
        busy = true;
        var outcome = await Desk.PreviewParametersAsync(Actor, Model.Environment.Id, Edit.Patch, CancellationToken.None);
        Edit.Faults = outcome.Faults;
        Edit.Preview = outcome.Succeeded ? outcome.Value : null;
        busy = false;
    }

    private async Task SaveAsync()
    {
        busy = true;
        var outcome = await Desk.ChangeParametersAsync(Actor, Model.Environment.Id, Edit.Patch, Edit.Message.Trim(), Edit.Revision, CancellationToken.None);
        Edit.Faults = outcome.Faults;
        if (outcome.Succeeded)
        {
            Edit.Reset(Edit.Values, outcome.Value.Revision);
            Edit.Message = "";
        }
        else if (!Edit.Conflict)
        {
            Edit.Preview = null;
        }

        busy = false;
        await OnSaved.InvokeAsync();
    }
}
