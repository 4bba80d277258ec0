using Fabric.Web.Controls;
using Fabric.Web.Live;
using Fabric.Web.Portal.Frame;
using Fabric.Workflows.Blueprints.Versions;
using Fabric.Workflows.Runs;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Fabric.Web.ConsoleView.Blueprints;

/// <summary>One blueprint: its drawing, its versions with who uses them, and the text of the chosen one.</summary>
public sealed partial class BlueprintPage : LivePage
{
    private BlueprintVersionView? shown;
    private BlueprintUsage? usage;
    private BlueprintLife? life;

    /// <summary>Drafts and versions.</summary>
    [Inject]
    public required IBlueprintDesk Blueprints { get; init; }

    /// <summary>Asks before a draft is overwritten.</summary>
    [Inject]
    public required IDialogService Dialogs { get; init; }

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
        // What a version says never changes, and is read once; its stage comes with the list.
        var versions = await Desk.ListVersionsAsync(Actor, Name, ct);
        if (shown?.Line.Name != Name || (Version is { } asked ? asked != shown.Line.Version : versions.All(line => line != shown.Line)))
            shown = await Desk.GetVersionAsync(Actor, Name, Version, ct);
        life = await Blueprints.GetAsync(Actor, Name, ct);
        if (shown is null)
            return life is not null && versions.Count == 0;
        if (versions.FirstOrDefault(line => line.Version == shown.Line.Version) is { } now)
            shown = shown with { Line = now };
        var fleet = await Desk.ListEnvironmentsAsync(Actor, ct);
        usage = BlueprintUsage.Of(versions, fleet.Environments).SingleOrDefault();
        return true;
    }

    private Task MoveAsync(BlueprintVersionLine line, StageMove move, string reason) => DoAsync(Blueprints.MoveAsync(Actor, Name, line.Version, move, reason, Ended));

    private async Task RestoreAsync(BlueprintVersionLine line)
    {
        if (life is not { } seen)
            return;
        var loss = seen.Draft.Differs ? $"The draft, last changed by {seen.Draft.UpdatedBy}, holds edits that are in no version. " : "";
        if (await Confirm.ShowAsync(Dialogs, $"Restore version {line.Version} as draft?", $"{loss}The text of version {line.Version} takes the place of the draft. Published versions and environments stay as they are.", "Restore as draft"))
            await DoAsync(Blueprints.RestoreAsync(Actor, Name, line.Version, seen.Draft.Version, Ended));
    }
}
