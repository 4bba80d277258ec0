using System.Globalization;
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
public sealed partial class SimulatePage : LivePage, IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(200);

    private readonly NodeChoices choices = new();
    private SimulationForm? form;
    private Playback? playback;
    private ITimer? timer;
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

    private string Place => (playback!.Result.Total > TimeSpan.Zero ? Math.Round(1000 * (playback.Moment / playback.Result.Total)) : 1000).ToString(CultureInfo.InvariantCulture);

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
        timer?.Dispose();
        var played = await Blueprints.SimulateAsync(Actor, Name, new SimulationWish((JsonObject)parameters.DeepClone(), behaviours), Ended);
        busy = false;
        (faults, playback) = (played.Faults, played.Succeeded ? new Playback(played.Value) : null);
        if (playback is not null)
            timer = Time.CreateTimer(_ => InvokeAsync(Pass), null, Tick, Tick);
    }

    private void Pass()
    {
        if (playback is not { Playing: true } shown)
            return;
        shown.Pass(Tick);
        StateHasChanged();
    }

    private void Seek(ChangeEventArgs change)
    {
        if (double.TryParse((string?)change.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var place))
            playback!.Seek(playback.Result.Total * (place / 1000));
    }

    void IDisposable.Dispose()
    {
        timer?.Dispose();
        Dispose();
    }
}
