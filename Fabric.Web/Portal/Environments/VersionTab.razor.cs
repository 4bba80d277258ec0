using Fabric.Web.Live;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Tenancy;
using Microsoft.AspNetCore.Components;

namespace Fabric.Web.Portal.Environments;

/// <summary>Which version is deployed and which parts are left out; a change is reviewed as a plan before it starts.</summary>
public sealed partial class VersionTab
{
    private IReadOnlyList<BlueprintVersionLine> versions = [];
    private BlueprintEdit? edit;
    private bool busy;
    private bool failed;

    /// <summary>All that the tab asks of the product.</summary>
    [Inject]
    public required IDesk Desk { get; init; }

    /// <summary>Who changes.</summary>
    [CascadingParameter]
    public required Actor Actor { get; set; }

    /// <summary>The environment.</summary>
    [Parameter, EditorRequired]
    public required EnvironmentModel Model { get; set; }

    /// <summary>Whether the role may change it.</summary>
    [Parameter]
    public bool Editable { get; set; }

    /// <summary>A change was started.</summary>
    [Parameter]
    public EventCallback OnChanged { get; set; }

    private Generation Desired => Model.View.Desired;

    /// <summary>What the person chose was chosen on a desired state that is not the newest any more.</summary>
    private bool IsOvertaken => edit is not null && (edit.Refused || (edit.Dirty && edit.Start.Number != Desired.Number));

    /// <summary>Published versions that are newer; deprecated ones only where there is no other.</summary>
    private IEnumerable<BlueprintVersionLine> Newer => versions.Where(line => line.Version > Desired.BlueprintVersion && line.Stage is not VersionStage.Retired)
        .OrderBy(line => line.Stage).ThenByDescending(line => line.Version);

    /// <summary>What can be chosen: nobody moves to a retired version, and whoever is on one may stay.</summary>
    private IEnumerable<BlueprintVersionLine> Choices => versions.Where(line => line.Stage is not VersionStage.Retired || line.Version == Desired.BlueprintVersion);

    private BlueprintVersionLine? Chosen => versions.FirstOrDefault(line => line.Version == edit?.Version);

    private static string Mark(BlueprintVersionLine line) => line.Stage is VersionStage.Published ? "" : $", {line.Stage.ToString().ToLowerInvariant()}";

    private string Verb => edit!.Version > Desired.BlueprintVersion ? $"Upgrade to version {edit.Version}" : edit.Version < Desired.BlueprintVersion ? $"Go back to version {edit.Version}" : "Change and run";

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        // An untouched choice follows the environment; a touched one stays.
        if (edit is null || (edit.Start.Number != Desired.Number && !edit.Dirty))
            await ResetAsync();
    }

    private Task ResetAsync() => BeginAsync(new BlueprintEdit(Desired) { Owner = Actor.Name });

    private Task KeepAsync() => BeginAsync(edit!.On(Desired));

    private async Task BeginAsync(BlueprintEdit from)
    {
        (edit, failed) = (from, false);
        try
        {
            versions = await Desk.ListVersionsAsync(Actor, Desired.Blueprint, CancellationToken.None);
            await AskAsync();
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            NotRead(Logger, failure);
            failed = true;
        }
    }

    private async Task AskAsync()
    {
        var asked = edit!;
        var form = await Desk.GetFormAsync(Actor, Desired.Blueprint, asked.Version, Model.Environment.Cloud, asked.NoOp, CancellationToken.None);
        asked.Faults = form.Faults;
        if (form.Succeeded)
            asked.Take(form.Value, node => Model.Entity(node)?.Outputs);
    }

    private Task ChooseAsync(int version)
    {
        (edit!.Version, edit.Preview) = (version, null);
        return AskAsync();
    }

    private Task ToggleAsync(string node, bool leaveOut)
    {
        edit!.Toggle(node, leaveOut);
        return AskAsync();
    }

    private async Task ReviewAsync()
    {
        busy = true;
        var outcome = await Desk.PreviewBlueprintAsync(Actor, Model.Environment.Id, edit!.ToChange(), CancellationToken.None);
        (edit.Faults, edit.Preview) = (outcome.Faults, outcome.Succeeded ? outcome.Value : null);
        busy = false;
        if (edit.Refused)
            await OnChanged.InvokeAsync();
    }

    private async Task ChangeAsync()
    {
        busy = true;
        var outcome = await Desk.ChangeBlueprintAsync(Actor, Model.Environment.Id, edit!.ToChange(), edit.Start.Revision, CancellationToken.None);
        edit.Faults = outcome.Faults;
        if (outcome.Succeeded)
            edit = null;
        else
            edit.Preview = null;
        busy = false;
        await OnChanged.InvokeAsync();
    }
}
