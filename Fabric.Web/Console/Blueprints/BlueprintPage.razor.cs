using Fabric.Web.Controls;
using Fabric.Web.Live;
using Fabric.Web.Portal.Frame;
using Fabric.Workflows.Runs;
using Microsoft.AspNetCore.Components;

namespace Fabric.Web.ConsoleView.Blueprints;

/// <summary>One blueprint: its drawing, its versions with who uses them, and the text of the chosen one.</summary>
public sealed partial class BlueprintPage : LivePage
{
    private BlueprintVersionView? shown;
    private BlueprintUsage? usage;

    /// <summary>The blueprint.</summary>
    [Parameter]
    public string Name { get; set; } = "";

    /// <summary>The chosen version; the newest when none is named.</summary>
    [SupplyParameterFromQuery]
    public int? Version { get; set; }

    /// <inheritdoc/>
    protected override bool VendorOnly => true;

    /// <summary>A drawing without an environment: what each node is, not how it is.</summary>
    private static Dictionary<string, NodePaint> Paints(BlueprintVersionView view) => view.Nodes.ToDictionary(
        node => node.Name,
        node => new NodePaint(node.NoOp ? "no-op" : node.Kind is StepKind.Entity ? "Part" : "Gate", node.Type ?? node.Kind.ToString().ToLowerInvariant(), 0, false),
        StringComparer.Ordinal);

    /// <inheritdoc/>
    protected override void OnInitialized() => Watch(null);

    /// <inheritdoc/>
    protected override Task OnParametersSetAsync() => RefreshAsync();

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync(CancellationToken ct)
    {
        // A published version never changes: only another one is read.
        if (shown?.Line.Name != Name || (Version is { } asked ? asked != shown.Line.Version : usage?.Newest.Line.Version != shown.Line.Version))
            shown = await Desk.GetVersionAsync(Actor, Name, Version, ct);
        if (shown is null)
            return false;
        var fleet = await Desk.ListEnvironmentsAsync(Actor, ct);
        usage = BlueprintUsage.Of(await Desk.ListVersionsAsync(Actor, Name, ct), fleet.Environments).SingleOrDefault();
        return true;
    }
}
