using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Catalog;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Executors;
using Fabric.Workflows.Runs;

namespace Fabric.Workflows.Engine;

/// <summary>Lays out the steps of a run. Pure.</summary>
public static class RunBuilder
{
    /// <summary>The steps of a run, in an order in which each stands after what it waits for.</summary>
    /// <param name="run">The run.</param>
    /// <param name="environment">Its environment.</param>
    /// <param name="desired">What the run converges to.</param>
    /// <param name="entities">Entities as the run will find them: for an apply, those of <see cref="EntitiesToBe"/>.</param>
    public static IReadOnlyList<Step> Steps(Run run, FabricEnvironment environment, DesiredState desired, IReadOnlyDictionary<string, Entity> entities) => run.Kind switch
    {
        RunKind.Apply => Numbered(ApplySteps(run, environment, desired, entities)),
        RunKind.Destroy => Numbered(DestroySteps(run, desired, entities.Values)),
        RunKind.HandOver => Numbered(DestroySteps(run, desired, entities.Values).Select(step => step with { Action = PlanAction.HandOver, NoOp = false, Plan = LetGo })),
        RunKind.Check => Numbered(entities.Values.Where(Checkable).OrderBy(e => e.Node, StringComparer.Ordinal).Select(e => ForEntity(run, e, []))),
        _ => Numbered(ActionSteps(run, entities)),
    };

    /// <summary>The executor of an implementation.</summary>
    public static string ExecutorOf(Implementation implementation) => implementation switch
    {
        { On: "sandbox" } => ExecutorNames.Sandbox,
        { Enrol: true } => ExecutorNames.Enrolment,
        { On: "cluster" } => ExecutorNames.Cluster,
        _ => ExecutorNames.Terraform,
    };

    private static readonly StepPlan LetGo = new(PlanAction.HandOver, [], true, null);

    private static bool Checkable(Entity entity) => entity is { Stands: true, NoOp: false };

    private static IReadOnlyList<Step> Numbered(IEnumerable<Step> steps) => [.. steps.Select((step, order) => step with { Order = order })];

    private static List<Step> ApplySteps(Run run, FabricEnvironment environment, DesiredState desired, IReadOnlyDictionary<string, Entity> entities)
    {
        var steps = desired.Blueprint.Nodes.Select(node => ForNode(run, environment, desired, node)).ToList();
        var gone = entities.Values
            .Where(entity => Checkable(entity) && desired.Blueprint.Find(entity.Node) is null)
            .ToList();
        // What leaves goes after everything that used it: the users that stay are updated away first, those that leave go first.
        foreach (var entity in MirrorOrder(gone))
        {
            var users = entities.Values.Where(user => user.DependsOn.Contains(entity.Node)).Select(user => user.Node);
            steps.Add(ForEntity(run, entity, [.. users.Where(user => steps.Any(step => step.Node == user))]) with { Action = PlanAction.Delete });
        }

        return steps;
    }

    private static Step ForNode(Run run, FabricEnvironment environment, DesiredState desired, BlueprintNode node)
    {
        var type = desired.TypeOf(node);
        var implementation = type is null ? null : Placement.Choose(type, environment.Cloud);
        var noOp = desired.NoOp.Contains(node.Name);
        return new Step
        {
            RunId = run.Id,
            Node = node.Name,
            Tenant = run.Tenant,
            EnvironmentId = run.EnvironmentId,
            Order = 0,
            Kind = Enum.Parse<StepKind>(node.Kind.ToString()),
            Type = node.Type is { } used ? $"{used.Name}@{used.Version}" : null,
            Executor = node.Kind is NodeKind.Action ? ExecutorNames.Action : implementation is null ? ExecutorNames.Gate : ExecutorOf(implementation),
            DependsOn = node.DependsOn,
            NoOp = noOp,
            Protect = node.Protect || type is { Protect: true },
            ApprovalBy = node.Gate?.By,
            ApprovalWithin = (long?)node.Gate?.Deadline?.TotalMilliseconds,
        };
    }

    private static IEnumerable<Step> DestroySteps(Run run, DesiredState desired, IEnumerable<Entity> entities)
    {
        var standing = entities.Where(entity => entity.Stands).ToList();
        foreach (var entity in MirrorOrder(standing))
        {
            var users = standing.Where(user => user.DependsOn.Contains(entity.Node)).Select(user => user.Node).Order(StringComparer.Ordinal);
            yield return ForEntity(run, entity, [.. users]) with { Action = PlanAction.Delete, NoOp = IsHeld(desired, entity) };
        }
    }

    /// <summary>What stands and is flagged no-op waits for a decision, also when the generation that flags it never got to run.</summary>
    private static bool IsHeld(DesiredState desired, Entity entity) =>
        entity.NoOp || desired.Blueprint.Nodes.Any(node => (node.Name == entity.Node || node.Was == entity.Node) && desired.NoOp.Contains(node.Name));

    private static IEnumerable<Step> ActionSteps(Run run, IReadOnlyDictionary<string, Entity> entities)
    {
        var node = run.Operation!.Split('/')[0];
        yield return ForEntity(run, entities[node], []) with { Action = PlanAction.Update };
    }

    private static Step ForEntity(Run run, Entity entity, IReadOnlyList<string> dependsOn) => new()
    {
        RunId = run.Id,
        Node = entity.Node,
        Tenant = run.Tenant,
        EnvironmentId = run.EnvironmentId,
        Order = 0,
        Kind = StepKind.Entity,
        Type = entity.Type,
        Executor = entity.Executor,
        DependsOn = dependsOn,
        Protect = entity.Protect,
        Action = PlanAction.None,
    };

    /// <summary>Users before what they use.</summary>
    private static IEnumerable<Entity> MirrorOrder(List<Entity> entities)
    {
        var left = entities.OrderBy(entity => entity.Node, StringComparer.Ordinal).ToList();
        while (left.Count > 0)
        {
            var free = left.Where(entity => !left.Any(user => user != entity && user.DependsOn.Contains(entity.Node))).ToList();
            if (free.Count == 0)
                free = [left[0]];
            foreach (var entity in free)
                yield return entity;
            left.RemoveAll(free.Contains);
        }
    }
}
