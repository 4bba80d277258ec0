using System.Globalization;
using Fabric.Web.Live;
using Fabric.Web.Portal.Frame;
using Microsoft.AspNetCore.Components;

namespace Fabric.Web.ConsoleView.Blueprints;

/// <summary>Two states of a blueprint on one canvas, field by field and line by line. What is compared stands in the address.</summary>
public sealed partial class DiffPage : LivePage
{
    private const string Draft = "draft";

    private IReadOnlyList<BlueprintVersionLine> versions = [];
    private BlueprintComparison? comparison;
    private DiffDrawing? drawing;
    private int? from;
    private int? to;

    /// <summary>Drafts and versions.</summary>
    [Inject]
    public required IBlueprintDesk Blueprints { get; init; }

    /// <summary>The blueprint.</summary>
    [Parameter]
    public string Name { get; set; } = "";

    /// <summary>The older: a number, or <c>draft</c>; the version published last when nothing is named.</summary>
    [SupplyParameterFromQuery]
    public string? From { get; set; }

    /// <summary>The newer: a number, or <c>draft</c>, which is meant when nothing is named.</summary>
    [SupplyParameterFromQuery]
    public string? To { get; set; }

    /// <summary>The chosen node.</summary>
    [SupplyParameterFromQuery]
    public string? Node { get; set; }

    /// <inheritdoc/>
    protected override bool VendorOnly => true;

    private RenderFragment Options => builder =>
    {
        foreach (var (value, text) in versions.Select(line => (Side(line.Version), $"Version {line.Version}")).Prepend((Draft, "Draft")))
        {
            builder.OpenElement(0, "option");
            builder.AddAttribute(1, "value", value);
            builder.AddContent(2, text);
            builder.CloseElement();
        }
    };

    /// <inheritdoc/>
    protected override Task OnParametersSetAsync() => RefreshAsync();

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync(CancellationToken ct)
    {
        versions = await Desk.ListVersionsAsync(Actor, Name, ct);
        if (versions.Count == 0)
            return await Blueprints.GetAsync(Actor, Name, ct) is not null;
        (from, to) = (Read(From, versions[0].Version), Read(To, null));
        var compared = await Blueprints.CompareAsync(Actor, Name, from, to, ct);
        Faults = compared.Faults;
        comparison = compared.Succeeded ? compared.Value : null;
        drawing = comparison is { From: { } before, Diff: { } diff } ? DiffDrawing.Of(before.Nodes, comparison.To.Nodes, diff) : null;
        return true;
    }

    private void Swap() => Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(new Dictionary<string, object?> { ["from"] = Side(to), ["to"] = Side(from) }));

    private static string Side(int? version) => version?.ToString(CultureInfo.InvariantCulture) ?? Draft;

    private static int? Read(string? side, int? otherwise) =>
        side == Draft ? null : int.TryParse(side, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
