using Fabric.Workflows.Catalog;

namespace Fabric.Workflows.Blueprints.Elsa;

/// <summary>Names of activity types: <c>Fabric.WorkloadIdentity</c> for an entity, <c>Fabric.Gate.Approval</c> for a gate.</summary>
internal static class ElsaNodeTypes
{
    public const string Start = "Elsa.Start";
    public const string Flowchart = "Elsa.Flowchart";
    public const string Sequence = "Elsa.Sequence";

    private const string Prefix = "Fabric.";
    private const string Gate = "Fabric.Gate.";

    public static string Of(BlueprintNode node) => node.Type is { } type ? Entity(type.Name) : Gate + node.Kind;

    public static string Entity(string name) => Prefix + string.Concat(name.Split('-').Select(ElsaJson.Capital));

    /// <summary>The gate of a type; null when it is none that Fabric has.</summary>
    public static string? GateOf(string type) =>
        type.StartsWith(Gate, StringComparison.Ordinal) && GateReader.Keys(type[Gate.Length..].ToLowerInvariant()) is not null ? type[Gate.Length..].ToLowerInvariant() : null;

    public static bool IsEntity(string type) => type.StartsWith(Prefix, StringComparison.Ordinal) && type.Length > Prefix.Length && !type.StartsWith(Gate, StringComparison.Ordinal);

    /// <summary>How a new node of a type refers to it: the newest release of what the catalog has, else a name that validation reports.</summary>
    public static string Reference(string type, EntityCatalog catalog)
    {
        if (catalog.Names.FirstOrDefault(name => Entity(name) == type) is { } known && catalog.Find(known) is { } newest)
            return $"{known}@{newest.Version.Split('.')[0]}";
        return ElsaNames.Slug(type[Prefix.Length..]);
    }
}
