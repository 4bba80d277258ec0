using Fabric.Web.Live;

namespace Fabric.Web.ConsoleView.Blueprints;

/// <summary>A blueprint in the list, whether it was published or not.</summary>
/// <param name="Name">Slug.</param>
/// <param name="Title">For people.</param>
/// <param name="Newest">The newest version, as text.</param>
/// <param name="Draft">How its draft stands.</param>
/// <param name="Users">Who uses it, by version.</param>
/// <param name="Line">The version published last; null when none was.</param>
public sealed record BlueprintRow(string Name, string Title, string Newest, string Draft, string Users, BlueprintVersionLine? Line)
{
    /// <summary>Its page.</summary>
    public string Href => $"console/blueprints/{Name}";

    /// <summary>Joins what is published with what is drafted, by name.</summary>
    public static IReadOnlyList<BlueprintRow> Of(IReadOnlyList<BlueprintUsage> published, IReadOnlyList<BlueprintLife> lives)
    {
        var used = published.ToDictionary(usage => usage.Name, StringComparer.Ordinal);
        var drafted = lives.ToDictionary(life => life.Name, StringComparer.Ordinal);
        return [.. used.Keys.Union(drafted.Keys).Order(StringComparer.Ordinal).Select(name => Row(name, used.GetValueOrDefault(name), drafted.GetValueOrDefault(name)))];
    }

    private static BlueprintRow Row(string name, BlueprintUsage? usage, BlueprintLife? life) => new(
        name,
        usage?.Title ?? life?.Title ?? name,
        usage is null ? "" : life is { Newest: null } ? $"v{usage.Newest.Line.Version}, retired" : $"v{life?.Newest ?? usage.Newest.Line.Version}",
        usage is null ? "never published" : life is { Draft.Differs: true } ? "differs" : "",
        usage?.Sentence ?? "nobody",
        usage?.Newest.Line);
}
