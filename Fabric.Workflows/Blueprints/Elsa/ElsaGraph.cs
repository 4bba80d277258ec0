using System.Text.Json.Nodes;

namespace Fabric.Workflows.Blueprints.Elsa;

/// <summary>A workflow definition as it was read: what it draws, and Fabric's own data when it has any.</summary>
/// <param name="Definition">The whole of it.</param>
/// <param name="Activities">Without starts, ids unique.</param>
/// <param name="Edges">Each once, none to a start; ids.</param>
internal sealed record ElsaGraph(JsonObject Definition, IReadOnlyList<ElsaActivity> Activities, IReadOnlyList<(string From, string To)> Edges)
{
    /// <summary>The key of Fabric's data in <c>customProperties</c>.</summary>
    public const string Own = "fabric";

    private readonly ILookup<string, string> before = Edges.ToLookup(edge => edge.To, edge => edge.From, StringComparer.Ordinal);

    /// <summary>Fabric's data about the blueprint; null in a workflow that Fabric did not write.</summary>
    public JsonObject? Fabric { get; } = Definition.MapAt("customProperties")?.MapAt(Own) ?? Definition.MapAt("root")?.MapAt("customProperties")?.MapAt(Own);

    /// <summary>Activities with a connection to this one.</summary>
    public IEnumerable<string> Before(string id) => before[id];
}

/// <param name="Id">As in the file.</param>
/// <param name="Type">Such as <c>Elsa.WriteLine</c>.</param>
/// <param name="Json">All of it.</param>
/// <param name="Path">Where it stands.</param>
internal sealed record ElsaActivity(string Id, string Type, JsonObject Json, string Path)
{
    /// <summary>Fabric's data about the node; null for an activity that Fabric did not write.</summary>
    public JsonObject? Fabric => Json.MapAt("customProperties")?.MapAt(ElsaGraph.Own);

    public string? Title => Json.MapAt("metadata")?.TextAt("displayText");

    public string? Description => Json.MapAt("metadata")?.TextAt("description");

    /// <summary>Place in the drawing; null when it has none that a drawing could use.</summary>
    public (double X, double Y)? Place
    {
        get
        {
            var position = Json.MapAt("metadata")?.MapAt("designer")?.MapAt("position");
            return position?.NumberAt("x") is { } x && position.NumberAt("y") is { } y && Math.Abs(x) < Farthest && Math.Abs(y) < Farthest ? (x, y) : null;
        }
    }

    private const double Farthest = 1_000_000;
}
