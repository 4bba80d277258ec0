namespace Fabric.Workflows.Blueprints.Elsa;

/// <summary>Places for a drawing: the designer's own, and columns by depth for nodes that it never placed.</summary>
internal static class ElsaPlaces
{
    public const int Width = 200;
    public const int Height = 64;
    private const int Margin = 80;
    private const int Column = 240;
    private const int Row = 110;

    public static IReadOnlyDictionary<string, (double X, double Y)> Of(CompiledBlueprint blueprint)
    {
        var places = blueprint.Layout.Where(place => place.Value.Length == 2).ToDictionary(place => place.Key, place => (place.Value[0], place.Value[1]), StringComparer.Ordinal);
        // Below what has a place, so that nothing lies on anything else.
        var top = places.Count > 0 ? places.Values.Max(place => place.Item2) + Row : Margin;
        var depths = new Dictionary<string, int>(StringComparer.Ordinal);
        var rows = new Dictionary<int, int>();
        foreach (var node in blueprint.Nodes)
        {
            var depth = depths[node.Name] = node.DependsOn.Select(before => depths.GetValueOrDefault(before, -1)).DefaultIfEmpty(-1).Max() + 1;
            if (places.ContainsKey(node.Name))
                continue;
            var row = rows[depth] = rows.GetValueOrDefault(depth, -1) + 1;
            places[node.Name] = (Margin + depth * Column, top + row * Row);
        }

        return places;
    }

    /// <summary>Where the start stands: left of everything.</summary>
    public static (double X, double Y) Start(IReadOnlyDictionary<string, (double X, double Y)> places) =>
        (places.Values.Select(place => place.X).DefaultIfEmpty(Margin).Min() - Column, places.Values.Select(place => place.Y).DefaultIfEmpty(Margin).Min());
}
