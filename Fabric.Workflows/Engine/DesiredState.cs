using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Catalog;
using Fabric.Workflows.Environments;

namespace Fabric.Workflows.Engine;

/// <summary>A generation with all it refers to: what a run converges to.</summary>
public sealed class DesiredState
{
    private readonly Dictionary<string, EntityType> types;
    private readonly HashSet<string> noOp;

    /// <summary>A generation with its blueprint version and types.</summary>
    public DesiredState(Generation generation, CompiledBlueprint blueprint, IEnumerable<EntityType> types)
    {
        Generation = generation;
        Blueprint = blueprint;
        this.types = types.DistinctBy(Key).ToDictionary(Key, StringComparer.Ordinal);
        noOp = [.. generation.NoOp, .. blueprint.Nodes.Where(node => node.NoOp).Select(node => node.Name)];
    }

    /// <summary>The same, knowing also the types that <paramref name="before"/> knew: what is deployed with them can still be removed.</summary>
    public DesiredState Including(DesiredState before) => new(Generation, Blueprint, [.. types.Values, .. before.types.Values]);

    /// <summary>The generation.</summary>
    public Generation Generation { get; }

    /// <summary>The blueprint version it deploys.</summary>
    public CompiledBlueprint Blueprint { get; }

    /// <summary>Nodes that are not executed.</summary>
    public IReadOnlySet<string> NoOp => noOp;

    /// <summary>The exact type a node runs with; null for gates.</summary>
    public EntityType? TypeOf(BlueprintNode node) => node.Type is { } type ? TypeOf(type.Name, type.Version) : null;

    /// <summary>A type at a version; null when the blueprint does not use it.</summary>
    public EntityType? TypeOf(string name, string version) => types.GetValueOrDefault($"{name}@{version}");

    /// <summary>Entities a node waits for, with gates and no-ops in between left out: the order destroy reverses.</summary>
    public IReadOnlyList<string> EntitiesBefore(BlueprintNode node)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(node.DependsOn);
        while (open.TryPop(out var name))
        {
            if (!seen.Add(name) || Blueprint.Find(name) is not { } before)
                continue;
            if (before.Kind is NodeKind.Entity)
                found.Add(name);
            else
                before.DependsOn.ToList().ForEach(open.Push);
        }

        return [.. found];
    }

    private static string Key(EntityType type) => $"{type.Name}@{type.Version}";
}
