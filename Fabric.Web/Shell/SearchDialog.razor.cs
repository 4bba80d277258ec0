using Fabric.Web.Live;
using Fabric.Workflows.Tenancy;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using MudBlazor;

namespace Fabric.Web.Shell;

/// <summary>Finds an environment by a piece of its name, tenant, region or blueprint.</summary>
public sealed partial class SearchDialog
{
    private const int Shown = 8;
    private IReadOnlyList<EnvironmentLine> all = [];
    private IReadOnlyList<EnvironmentLine> hits = [];
    private ElementReference box;
    private string text = "";
    private bool loaded;
    private int at;

    [Inject] public required IDesk Desk { get; init; }

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    /// <summary>The dialog this stands in.</summary>
    [CascadingParameter] public required IMudDialogInstance Dialog { get; set; }

    /// <summary>Where results lead.</summary>
    [Parameter] public string Area { get; set; } = "/portal";

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        if (await Current.GetAsync() is { } actor)
            all = (await Desk.ListEnvironmentsAsync(actor, CancellationToken.None)).Environments;
        loaded = true;
        Find();
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
            await box.FocusAsync();
    }

    private void Type(ChangeEventArgs change)
    {
        text = change.Value?.ToString() ?? "";
        Find();
    }

    private void Find()
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        hits = [.. all.Where(line => words.All(word => Text(line).Contains(word, StringComparison.OrdinalIgnoreCase))).Take(Shown)];
        at = 0;
    }

    private static string Text(EnvironmentLine line) =>
        $"{line.Environment.Name} {line.Environment.Tenant} {line.Environment.Region} {line.Environment.Blueprint} {line.Environment.State}";

    private void Press(KeyboardEventArgs key)
    {
        if (hits.Count == 0)
            return;
        if (key.Key == "Enter")
            Go(hits[at]);
        else if (key.Key is "ArrowDown" or "ArrowUp")
            at = (at + (key.Key == "ArrowDown" ? 1 : hits.Count - 1)) % hits.Count;
    }

    private void Go(EnvironmentLine line)
    {
        Dialog.Close();
        Navigation.NavigateTo($"{Area}/environments/{line.Environment.Id}");
    }
}
