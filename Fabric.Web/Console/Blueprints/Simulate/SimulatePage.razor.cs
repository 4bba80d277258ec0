using System.Text.Json.Nodes;
using Fabric.Web.Controls;
using Fabric.Web.Live;
using Fabric.Web.Portal.Frame;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Engine.Simulation;
using Fabric.Workflows.Runs;
using Microsoft.AspNetCore.Components;

namespace Fabric.Web.ConsoleView.Blueprints.Simulate;

/// <summary>Plays a draft through with chosen failures and times, and shows it at a speed that one can follow.</summary>
public sealed partial class SimulatePage : LivePage
{
    private readonly NodeChoices choices = new();
    private SimulationForm? form;
    private Playback? playback;
    private JsonObject parameters = [];
    private IReadOnlyList<OperationFault> faults = [];
    private string? seen;
    private bool busy;

    /// <summary>Drafts.</summary>
    [Inject]
    public required IBlueprintDesk Blueprints { get; init; }

    /// <summary>The blueprint.</summary>
    [Parameter]
    public string Name { get; set; } = "";

    /// <inheritdoc/>
    protected override bool VendorOnly => true;

    private IReadOnlyDictionary<string, NodePaint> Paints => playback?.Paints(form!.Nodes)
        ?? form!.Nodes.ToDictionary(node => node.Name, node => new NodePaint(node.NoOp ? "no-op" : node.Kind is StepKind.Entity ? "Part" : "Gate", node.Type ?? node.Title, 0, false), StringComparer.Ordinal);

    /// <inheritdoc/>
    protected override Task OnParametersSetAsync() => RefreshAsync();

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync(CancellationToken ct)
    {
        var asked = await Blueprints.GetSimulationFormAsync(Actor, Name, ct);
        if (!asked.Succeeded)
            return false;
        form = asked.Value;
        if (seen != Name)
            (seen, parameters, playback) = (Name, Workflows.Configuration.Layers.Defaults(form.ParameterSchema), null);
        return true;
    }

    private string Usually(string node) => form!.Durations.TryGetValue(node, out var takes) ? SimulationTimes.Say(takes) : "";

    private async Task PlayAsync()
    {
        if (choices.ToBehaviours() is not { } behaviours)
        {
            faults = [new OperationFault(FaultKind.Invalid, "BadDuration", "A time in the table is none: write 30s, 5m or 2h, or leave it empty.")];
            return;
        }

        busy = true;
        var played = await Blueprints.SimulateAsync(Actor, Name, new SimulationWish((JsonObject)parameters.DeepClone(), behaviours), Ended);
        busy = false;
        (faults, playback) = (played.Faults, played.Succeeded ? new Playback(played.Value) : null);
    }
}
