using System.Text.Json.Nodes;
using Fabric.Web.Controls;
using Fabric.Workflows.Blueprints.Editing;
using Fabric.Workflows.Catalog;

namespace Fabric.Web.Designer.Palette;

/// <summary>Something that can be put on the canvas: the newest version of an entity type, or a gate.</summary>
/// <param name="Key">What the canvas calls it: <c>pinot</c>, <c>gate:approval</c>.</param>
/// <param name="Title">What people read.</param>
/// <param name="Detail">A sentence about it.</param>
/// <param name="Category">The group it stands in.</param>
/// <param name="Icon">SVG path.</param>
/// <param name="Badges">Where it can run; empty for gates.</param>
/// <param name="Versions">Versions there are, newest first; empty for gates.</param>
/// <param name="Type">The type; null for gates.</param>
public sealed record PaletteItem(string Key, string Title, string Detail, string Category, string Icon, IReadOnlyList<string> Badges, IReadOnlyList<string> Versions, EntityType? Type)
{
    private const string GatePrefix = "gate:";

    /// <summary>Name for a new node of it.</summary>
    public string NodeName => Type is null ? Key[GatePrefix.Length..] switch { "approval" => "approve", var gate => gate } : Type.Name;

    /// <summary>All of them, by category; gates last.</summary>
    public static IReadOnlyList<PaletteItem> All(EntityCatalog catalog) =>
    [
        .. catalog.Names.Select(name => Of(catalog.Versions(name))).OrderBy(item => item.Category, StringComparer.Ordinal).ThenBy(item => item.Title, StringComparer.Ordinal),
        Gate("approval", "Approval", "Waits for a person's yes: the vendor's, the customer's or both."),
        Gate("wait", "Wait", "Goes on after a time."),
        Gate("window", "Maintenance window", "Goes on while a recurring window is open."),
        Gate("action", "Action", "Runs an operation of an entity at this point."),
    ];

    /// <summary>The fields of a new node; what only a person knows is left out and listed as a problem.</summary>
    public JsonObject NewNode(Draft draft) => Key switch
    {
        "gate:approval" => new() { ["gate"] = "approval", ["by"] = "customer" },
        "gate:wait" => new() { ["gate"] = "wait", ["duration"] = "10m" },
        "gate:window" => new() { ["gate"] = "window", ["cron"] = "0 3 * * 6", ["duration"] = "2h" },
        "gate:action" => Action(draft),
        _ => new() { ["entity"] = $"{Type!.Name}@{Type.Version.Split('.')[0]}" },
    };

    private static PaletteItem Of(IReadOnlyList<EntityType> versions)
    {
        var type = versions[0];
        return new PaletteItem(type.Name, type.Title, type.Description, type.Category, TypeIcons.Of(type.Icon), [.. type.Implementations.Select(implementation => implementation.On)], [.. versions.Select(version => version.Version)], type);
    }

    private static PaletteItem Gate(string gate, string title, string detail) => new(GatePrefix + gate, title, detail, "Gates", TypeIcons.Of(gate), [], [], null);

    private static JsonObject Action(Draft draft)
    {
        var target = CanvasModel.Of(draft).Nodes.Select(node => NodeDetail.Of(draft, node.Name)).FirstOrDefault(node => node?.Type?.Operations.Count > 0);
        return new() { ["gate"] = "action", ["node"] = target?.Name ?? "", ["operation"] = target?.Type!.Operations.Keys.First() ?? "" };
    }
}
