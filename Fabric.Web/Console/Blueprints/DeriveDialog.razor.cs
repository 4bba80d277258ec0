using Fabric.Web.Live;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Tenancy;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Fabric.Web.ConsoleView.Blueprints;

/// <summary>Name, title and the parts a derived blueprint leaves out, with what that costs whoever uses it.</summary>
public sealed partial class DeriveDialog
{
    private readonly SortedSet<string> noOp = new(StringComparer.Ordinal);
    private DeriveForm? form;
    private IReadOnlyList<OperationFault> faults = [];
    private string name = "";
    private string title = "";

    /// <summary>Blueprints.</summary>
    [Inject]
    public required IBlueprintDesk Blueprints { get; init; }

    /// <summary>Where the new draft is opened.</summary>
    [Inject]
    public required NavigationManager Navigation { get; init; }

    /// <summary>The dialog's frame.</summary>
    [CascadingParameter]
    public required IMudDialogInstance Dialog { get; set; }

    /// <summary>Who derives.</summary>
    [Parameter]
    public required Actor Actor { get; set; }

    /// <summary>The base.</summary>
    [Parameter]
    public required string Base { get; set; }

    private string Cost => form switch
    {
        { Held.Count: 0 } or null => "Nothing is left out: it is the base under another name.",
        { Adopt.Count: 0 } => $"{Steps(form.Held)} left out; nothing has to be given in its place.",
        _ => $"{Steps(form.Held)} left out. Who creates an environment has to give {(form.Adopt.Count == 1 ? "one output" : $"{form.Adopt.Count} outputs")}:",
    };

    /// <summary>Shows the dialog; it leads on to the designer when a draft was made.</summary>
    public static Task ShowAsync(IDialogService dialogs, Actor actor, string name) => dialogs.ShowAsync<DeriveDialog>(
        $"Derive from {name}",
        new DialogParameters<DeriveDialog> { { dialog => dialog.Actor, actor }, { dialog => dialog.Base, name } },
        new DialogOptions { MaxWidth = MaxWidth.Small, FullWidth = true, CloseOnEscapeKey = true });

    /// <inheritdoc/>
    protected override Task OnInitializedAsync() => AskAsync();

    private static string Steps(IReadOnlyList<string> held) => held.Count == 1 ? $"{held[0]} is" : $"{string.Join(", ", held)} are";

    private string? Fault(string field) => faults.FirstOrDefault(fault => fault.Field == field)?.Message;

    private async Task AskAsync()
    {
        var asked = await Blueprints.GetDeriveFormAsync(Actor, Base, [.. noOp], CancellationToken.None);
        (form, faults) = (asked.Succeeded ? asked.Value : form, asked.Faults);
    }

    private Task ToggleAsync(string node, bool leaveOut)
    {
        _ = leaveOut ? noOp.Add(node) : noOp.Remove(node);
        return AskAsync();
    }

    private async Task MakeAsync()
    {
        var made = await Blueprints.DeriveAsync(Actor, Base, name.Trim(), title, [.. noOp], CancellationToken.None);
        faults = made.Faults;
        if (!made.Succeeded)
            return;
        Dialog.Close();
        Navigation.NavigateTo($"console/blueprints/{name.Trim()}/design");
    }
}
