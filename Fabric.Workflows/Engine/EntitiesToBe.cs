using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Executors;

namespace Fabric.Workflows.Engine;

/// <summary>
/// The entities of an environment as an apply will find them: those that are renamed, flagged otherwise, or new. A plan is made on them;
/// they become true when the run starts, so a plan that nobody approves leaves no trace.
/// </summary>
public static class EntitiesToBe
{
    /// <summary>A copy of what the owner holds, with the entities as they will be.</summary>
    public static OwnerState In(OwnerState state, DesiredState desired, DateTimeOffset now) => new()
    {
        Environment = state.Environment,
        Entities = Of(state.Environment, desired, state.Entities, now),
        Desired = state.Desired,
    };

    /// <summary>Makes them true.</summary>
    internal static void Make(Turn turn, DesiredState desired)
    {
        var before = turn.State.Entities;
        var after = Of(turn.State.Environment, desired, before, turn.Now);
        var changed = after.Values.Where(entity => before.GetValueOrDefault(entity.Node) != entity).ToList();
        foreach (var node in before.Keys.Except(after.Keys).ToList())
            before.Remove(node);
        changed.ForEach(turn.Put);
    }

    private static Dictionary<string, Entity> Of(FabricEnvironment environment, DesiredState desired, Dictionary<string, Entity> before, DateTimeOffset now)
    {
        var entities = new Dictionary<string, Entity>(before, StringComparer.Ordinal);
        foreach (var node in desired.Blueprint.Nodes.Where(node => node.Type is not null))
        {
            Rename(entities, node, now);
            entities[node.Name] = entities.TryGetValue(node.Name, out var entity)
                ? Flagged(entity, node, desired, now)
                : New(environment, node, desired, now);
        }

        return entities;
    }

    /// <summary>What is left of an entity that stood under the new name once takes the old one: no two have the same.</summary>
    private static void Rename(Dictionary<string, Entity> entities, BlueprintNode node, DateTimeOffset now)
    {
        if (node.Was is not { } was || !entities.TryGetValue(was, out var renamed))
            return;
        var rest = entities.GetValueOrDefault(node.Name);
        if (rest is { Stands: true })
            return;
        entities.Remove(was);
        if (rest is not null)
            entities[was] = rest with { Node = was, UpdatedAt = now };
        entities[node.Name] = renamed with { Node = node.Name, UpdatedAt = now };
    }

    private static Entity Flagged(Entity entity, BlueprintNode node, DesiredState desired, DateTimeOffset now)
    {
        var type = desired.TypeOf(node)!;
        var noOp = desired.NoOp.Contains(node.Name);
        if (entity.NoOp == noOp && (entity.Stands || entity.TypeHash == type.Hash))
            return entity;
        return entity with
        {
            NoOp = noOp,
            Type = entity.Stands ? entity.Type : $"{type.Name}@{type.Version}",
            TypeHash = entity.Stands ? entity.TypeHash : type.Hash,
            UpdatedAt = now,
        };
    }

    private static Entity New(FabricEnvironment environment, BlueprintNode node, DesiredState desired, DateTimeOffset now)
    {
        var type = desired.TypeOf(node)!;
        var implementation = Placement.Choose(type, environment.Cloud);
        return new Entity
        {
            Id = EntityIds.Of(environment.Id, desired.Generation, node.Name),
            EnvironmentId = environment.Id,
            Tenant = environment.Tenant,
            Node = node.Name,
            Type = $"{type.Name}@{type.Version}",
            TypeHash = type.Hash,
            Executor = implementation is null ? ExecutorNames.Gate : RunBuilder.ExecutorOf(implementation),
            NoOp = desired.NoOp.Contains(node.Name),
            Protect = node.Protect || type.Protect,
            UpdatedAt = now,
        };
    }
}
