namespace Fabric.Web.Controls;

/// <summary>Edges that are drawn otherwise: class by source and target. Equal when the same edges are marked the same way.</summary>
public sealed class EdgeMarks : IEquatable<EdgeMarks>
{
    /// <summary>The class of an edge that only the newer drawing has.</summary>
    public const string Added = "added";

    /// <summary>The class of an edge that only the older drawing has.</summary>
    public const string Removed = "removed";

    /// <summary>The class of an edge on the critical path.</summary>
    public const string Critical = "critical";

    private readonly SortedDictionary<(string To, string From), string> marks;

    /// <summary>Marks edges.</summary>
    public EdgeMarks(IEnumerable<(string From, string To, string Css)> edges) =>
        marks = new(edges.ToDictionary(edge => (edge.To, edge.From), edge => edge.Css));

    /// <summary>No edge stands out.</summary>
    public static EdgeMarks None { get; } = new([]);

    /// <summary>Marked edges into a node by their source; null when there is none.</summary>
    public IReadOnlyDictionary<string, string>? Of(string node)
    {
        var found = marks.Where(mark => mark.Key.To == node).ToDictionary(mark => mark.Key.From, mark => mark.Value, StringComparer.Ordinal);
        return found.Count > 0 ? found : null;
    }

    /// <inheritdoc/>
    public bool Equals(EdgeMarks? other) => other is not null && marks.SequenceEqual(other.marks);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as EdgeMarks);

    /// <inheritdoc/>
    public override int GetHashCode() => marks.Count;
}
