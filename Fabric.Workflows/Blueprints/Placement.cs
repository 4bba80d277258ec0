using Fabric.Workflows.Catalog;

namespace Fabric.Workflows.Blueprints;

/// <summary>Which implementation of an entity type runs on a cloud.</summary>
public static class Placement
{
    /// <summary>The cloud on which everything is simulated.</summary>
    public const string Sandbox = "sandbox";

    /// <summary>Any Kubernetes cluster, without a cloud around it.</summary>
    public const string Kubernetes = "kubernetes";

    private const string Cluster = "cluster";

    /// <summary>The implementation of <paramref name="type"/> on <paramref name="cloud"/>, or null.</summary>
    /// <remarks>The sandbox never falls back on a cluster: a simulation that changed a real one would not be one.</remarks>
    public static Implementation? Choose(EntityType type, string cloud) => cloud switch
    {
        Sandbox => On(type, Sandbox),
        Kubernetes => On(type, Cluster),
        _ => On(type, cloud) ?? On(type, Cluster),
    };

    /// <summary>A fault for every node that is executed and cannot run on <paramref name="cloud"/>.</summary>
    /// <param name="blueprint">The blueprint.</param>
    /// <param name="typeOf">Finds an entity type; null when it is not known.</param>
    /// <param name="cloud">The cloud.</param>
    /// <param name="noOp">No-op nodes beyond the blueprint's own.</param>
    public static IReadOnlyList<Fault> Check(CompiledBlueprint blueprint, Func<EntityTypeRef, EntityType?> typeOf, string cloud, IReadOnlyCollection<string> noOp)
    {
        var faults = new List<Fault>();
        foreach (var node in blueprint.Nodes)
        {
            if (node.Type is not { } used || node.NoOp || noOp.Contains(node.Name))
                continue;
            if (typeOf(used) is not { } type)
                faults.Add(At("entity-unknown", $"Entity type {used} is not in the catalog any more.", node.Name));
            else if (Choose(type, cloud) is null)
                faults.Add(At("placement", $"{used} cannot run on {cloud}; it runs on {Places(type)}. Choose another cloud, or make '{node.Name}' a no-op.", node.Name));
        }

        return faults;

        Fault At(string code, string message, string node) => new(code, blueprint.Name, 1, 1, message, node);
    }

    private static string Places(EntityType type) =>
        type.Implementations.Count == 0 ? "nothing" : string.Join(", ", type.Implementations.Select(implementation => implementation.On));

    private static Implementation? On(EntityType type, string place) => type.Implementations.FirstOrDefault(implementation => implementation.On == place);
}
