using Fabric.Web.Controls;
using Fabric.Web.Live;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Executors;
using Fabric.Workflows.Executors.Cluster;
using Fabric.Workflows.Runs;

namespace Fabric.Web.Portal.Environments;

/// <summary>One snapshot of an environment, and what its drawing says of every node.</summary>
public sealed class EnvironmentModel
{
    private readonly Dictionary<string, Entity> entities;
    private readonly Dictionary<string, Step> steps;

    /// <summary>Reads a snapshot.</summary>
    public EnvironmentModel(EnvironmentView view)
    {
        View = view;
        NoOpNotes = NoOpNote.Of(view.Desired.NoOpNotes);
        entities = view.Entities.ToDictionary(entity => entity.Node, StringComparer.Ordinal);
        steps = (view.LatestRun?.Steps ?? []).ToDictionary(step => step.Node, StringComparer.Ordinal);
        Nodes = Going is { } going ? going.Nodes : view.Nodes;
        Paints = Nodes.ToDictionary(node => node.Name, Paint, StringComparer.Ordinal);
    }

    /// <summary>The snapshot.</summary>
    public EnvironmentView View { get; }

    /// <summary>The environment itself.</summary>
    public FabricEnvironment Environment => View.Environment;

    /// <summary>The run that goes now; null when none does.</summary>
    public RunView? Going => View.LatestRun is { } latest && !latest.Run.State.IsTerminal() ? latest : null;

    /// <summary>What is drawn: the version that the going run works on, else the desired one.</summary>
    public IReadOnlyList<GraphNode> Nodes { get; }

    /// <summary>How every node looks.</summary>
    public IReadOnlyDictionary<string, NodePaint> Paints { get; }

    /// <summary>What the going run says of the agent it waits for, beyond that a person may connect one; empty for nothing.</summary>
    public string AgentNews =>
        Going?.Steps.FirstOrDefault(step => step.Executor == ExecutorNames.Enrolment && step.State.IsInFlight())?.Message.Replace(AgentBootstrap.ByHandSentence, "", StringComparison.Ordinal).Trim() ?? "";

    /// <summary>True when something that stands differs from what was deployed.</summary>
    public bool Drifted => View.Entities.Any(entity => entity.Drifted);

    /// <summary>Who answers for which no-op flag, why, and until when.</summary>
    public IReadOnlyDictionary<string, NoOpNote> NoOpNotes { get; }

    /// <summary>What can be done to a node that stands.</summary>
    public IReadOnlyList<NodeOperation> Operations(string node) => View.Operations.GetValueOrDefault(node) ?? [];

    /// <summary>Nodes whose no-op flag has expired.</summary>
    public IReadOnlyList<string> ExpiredNoOps(DateTimeOffset now) => NoOpNote.Expired(View.Desired.NoOpNotes, now);

    /// <summary>Steps that wait for this person's yes.</summary>
    public IReadOnlyList<Step> Gates => View.LatestRun is { } run
        ? [.. run.Steps.Where(step => Allowed(step.Node).Contains("approve"))]
        : [];

    /// <summary>The node of that name, if it is drawn.</summary>
    public GraphNode? Node(string? name) => Nodes.FirstOrDefault(node => node.Name == name);

    /// <summary>What stands for a node.</summary>
    public Entity? Entity(string node) => entities.GetValueOrDefault(node);

    /// <summary>The newest run's step of a node.</summary>
    public Step? Step(string node) => steps.GetValueOrDefault(node);

    /// <summary>What this person may do with the newest run's step of a node: approve, reject, retry, skip.</summary>
    public IReadOnlyList<string> Allowed(string node) => View.LatestRun?.AllowedOnSteps.GetValueOrDefault(node) ?? [];

    private NodePaint Paint(GraphNode node)
    {
        var entity = Entity(node.Name);
        var step = Going is null ? null : Step(node.Name);
        return new NodePaint(StateOf(node, entity, step), NodeLine.Of(node, entity, step), Percent(step), entity?.Drifted is true);
    }

    private string StateOf(GraphNode node, Entity? entity, Step? step)
    {
        if (node.NoOp || entity?.NoOp is true || step?.NoOp is true)
            return "no-op";
        if (step is not null)
            return StateStyle.NameOf(step.State);
        return entity is not null ? entity.State.ToString() : Step(node.Name)?.State.ToString() ?? (node.Kind is StepKind.Entity ? nameof(EntityState.Absent) : "Gate");
    }

    private static int Percent(Step? step) => step switch
    {
        null or { ProgressTotal: 0 } => 0,
        _ => Math.Clamp(100 * step.ProgressDone / step.ProgressTotal, 0, 100),
    };
}
