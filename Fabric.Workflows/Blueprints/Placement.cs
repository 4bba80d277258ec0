using Fabric.Workflows.Catalog;

namespace Fabric.Workflows.Blueprints;

/// <summary>Finds a type's content: the catalog's, or a cell's own copy. Null when there is none.</summary>
public delegate EntityType? EntityCatalogLookup(EntityTypeRef type);

/// <summary>Whether a blueprint can run somewhere, and by which implementations.</summary>
public static class Placement
{
    /// <summary>The clouds an environment can be created on.</summary>
    public static readonly IReadOnlyList<string> Clouds = ["sandbox", "aws", "azure", "google", "kubernetes"];

    /// <summary>Everything that keeps the blueprint from running on <paramref name="cloud"/>; the faults have a node and no line.</summary>
    /// <param name="blueprint">The compiled blueprint.</param>
    /// <param name="types">Where types come from.</param>
    /// <param name="cloud">One of <see cref="Clouds"/>.</param>
    /// <param name="noop">Nodes not executed, beside those the blueprint itself flags.</param>
    public static IReadOnlyList<Fault> Check(CompiledBlueprint blueprint, EntityCatalogLookup types, string cloud, IReadOnlySet<string> noop)
    {
        var faults = new List<Fault>();
        void Add(string code, string message, string? node = null) => faults.Add(new Fault(code, blueprint.Name, 0, 0, message, node));

        if (!Clouds.Contains(cloud)) Add(FaultCodes.WrongKind, $"There is no cloud '{cloud}'. {Suggestion.For(cloud, Clouds)}");
        foreach (var name in noop.Where(n => blueprint.Find(n)?.Kind != NodeKind.Entity).Order(StringComparer.Ordinal))
            Add(FaultCodes.UnknownNode, $"'{name}' cannot be a no-op: there is no such entity. {Suggestion.For(name, blueprint.Nodes.Where(n => n.Kind == NodeKind.Entity).Select(n => n.Name))}", name);
        foreach (var node in blueprint.Nodes.Where(n => n.Type is not null && !n.NoOp && !noop.Contains(n.Name)))
        {
            if (types(node.Type!) is not { } type)
                Add(FaultCodes.UnknownEntityVersion, $"The content of {node.Type} that '{node.Name}' was published with is not here; load that version of the type again.", node.Name);
            else if (Choose(type, cloud) is null)
                Add(FaultCodes.MissingImplementation, $"{node.Type} has no implementation for '{cloud}' (it has {string.Join(", ", type.Implementations.Select(i => i.On))}); flag '{node.Name}' as no-op and adopt its outputs, or choose another cloud.", node.Name);
        }

        return faults;
    }

    /// <summary>The implementation for a cloud: <c>sandbox</c> takes only the simulated one, others their own or else the cluster's.</summary>
    public static Implementation? Choose(EntityType type, string cloud) =>
        type.Implementations.FirstOrDefault(i => i.On == cloud)
        ?? (cloud == "sandbox" ? null : type.Implementations.FirstOrDefault(i => i.On == "cluster"));
}
