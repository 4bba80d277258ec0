using System.Text.Json.Nodes;
using Fabric.Web.Live;
using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Fleet;
using Fabric.Workflows.Runs;
using Fabric.Workflows.Tenancy;

namespace Fabric.Web.Runtime.Desk;

/// <summary>Makes views of rows. What a person may do comes from the same transitions and rights that the engine asks.</summary>
internal static class ViewBuilder
{
    /// <summary>The drawing of a desired state.</summary>
    public static IReadOnlyList<GraphNode> Graph(DesiredState desired) => [.. desired.Blueprint.Nodes.Select(node => Node(desired.Blueprint, node, desired.TypeOf(node)?.Icon, desired.TypeOf(node)?.Title, desired.NoOp.Contains(node.Name)))];

    /// <summary>One node of the drawing.</summary>
    public static GraphNode Node(CompiledBlueprint blueprint, BlueprintNode node, string? icon, string? typeTitle, bool noOp)
    {
        var place = blueprint.Layout.GetValueOrDefault(node.Name);
        var bindings = Bindings.References(node.Config).Select(reference => reference.Root).Where(root => node.DependsOn.Contains(root)).Distinct().ToList();
        return new GraphNode(
            node.Name,
            node.Title ?? typeTitle ?? node.Name,
            icon ?? node.Kind.ToString().ToLowerInvariant(),
            Enum.Parse<StepKind>(node.Kind.ToString()),
            node.Type?.ToString(),
            node.DependsOn,
            bindings,
            noOp,
            place is [var x, ..] ? x : null,
            place is [_, var y, ..] ? y : null);
    }

    /// <summary>A run with what the actor may do with it.</summary>
    public static RunView Run(Actor actor, Run run, IReadOnlyList<GraphNode> nodes, IReadOnlyList<Step> steps, IReadOnlyList<Approval> approvals) => new(
        run, nodes, steps, approvals, OnRun(actor, run), steps.ToDictionary(step => step.Node, step => (IReadOnlyList<string>)OnStep(actor, run, step), StringComparer.Ordinal));

    /// <summary>The outputs that a blueprint declares, as far as they are known.</summary>
    public static JsonObject Outputs(DesiredState desired, IReadOnlyList<Entity> entities)
    {
        var byNode = entities.ToDictionary(entity => entity.Node, StringComparer.Ordinal);
        var template = new JsonObject();
        foreach (var (name, text) in desired.Blueprint.Outputs)
            template[name] = text;
        var resolved = Bindings.Resolve(template, (root, path) => Value(byNode, desired, root, path));
        var outputs = resolved.Value as JsonObject ?? [];
        foreach (var unknown in resolved.Unknown)
            outputs.Remove(unknown.Where.Split('.')[0]);
        return outputs;
    }

    /// <summary>What can be done to entities that stand, by node. The type is the one they were deployed with.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<NodeOperation>> Operations(DesiredState desired, IReadOnlyList<Entity> entities) => entities
        .Where(entity => entity is { Stands: true, NoOp: false })
        .Select(entity => (entity.Node, Type: entity.Type.Split('@') is [var name, var version] ? desired.TypeOf(name, version) : null))
        .Where(pair => pair.Type is { Operations.Count: > 0 })
        .ToDictionary(
            pair => pair.Node,
            pair => (IReadOnlyList<NodeOperation>)[.. pair.Type!.Operations.Values.Select(operation => new NodeOperation(operation.Name, operation.Title, operation.Description ?? ""))],
            StringComparer.Ordinal);

    /// <summary>Whether an agent is there.</summary>
    public static bool IsOnline(AgentRecord agent, DateTimeOffset now) => agent.RevokedAt is null && !AgentPresence.IsAway(agent.SeenAt, now);

    private static Lookup Value(Dictionary<string, Entity> entities, DesiredState desired, string root, string[] path)
    {
        JsonNode? at = root == "param" ? desired.Generation.Parameters : entities.GetValueOrDefault(root)?.Outputs;
        foreach (var name in path)
            at = at is JsonObject here ? here[name] : null;
        return at is null ? Lookup.Unknown() : Lookup.Found(at);
    }

    private static List<string> OnRun(Actor actor, Run run)
    {
        var allowed = new List<string>();
        if (run.State is RunState.AwaitingApproval && actor.Has(Right.Approve, run.Tenant) && actor.SpeaksFor(run.Tenant, run.ApprovalBy))
            allowed.AddRange(["approve", "reject"]);
        if (!actor.Has(Right.Change, run.Tenant))
            return allowed;
        if (RunTransitions.Cancel.Allows(run) && !run.CancelRequested)
            allowed.Add("cancel");
        if (RunTransitions.Pause.Allows(run))
            allowed.Add("pause");
        if (RunTransitions.Resume.Allows(run))
            allowed.Add("resume");
        return allowed;
    }

    private static List<string> OnStep(Actor actor, Run run, Step step)
    {
        var allowed = new List<string>();
        if (step.State is StepState.AwaitingApproval && actor.Has(Right.Approve, run.Tenant) && actor.SpeaksFor(run.Tenant, step.ApprovalBy))
            allowed.AddRange(["approve", "reject"]);
        if (StepTransitions.Retry.Allows(step) && actor.Has(Right.Change, run.Tenant))
            allowed.Add("retry");
        if (step.CanBeSkipped() && actor.Has(Right.Operate, run.Tenant))
            allowed.Add("skip");
        return allowed;
    }
}
