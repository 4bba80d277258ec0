using Fabric.Workflows.Engine;
using Fabric.Workflows.Runs;

namespace Fabric.Tests.Engine.Simulation;

/// <summary>What stands outside, and what was asked of it: it survives every crash, and it objects to what must not happen.</summary>
public sealed class SimulatedWorld(Scenario scenario)
{
    private static readonly TimeSpan Slowness = TimeSpan.FromMinutes(3);
    private readonly Dictionary<string, Scenario.Node> nodes = scenario.Nodes.ToDictionary(node => node.Name);
    private readonly Dictionary<string, DateTimeOffset> begun = [];
    private readonly Dictionary<string, int> failures = [];

    /// <summary>Nodes that stand, in the order in which they were made.</summary>
    public List<string> Standing { get; } = [];

    /// <summary>Nodes in the order in which they were removed.</summary>
    public List<string> Removed { get; } = [];

    public StepResult Do(WorkOrder order, Step step, DateTimeOffset now) => order.Kind switch
    {
        WorkKind.Plan => StepResult.Planned(new StepPlan(step.Action is PlanAction.Delete ? PlanAction.Delete : PlanAction.Create, [], true, step.Node)),
        WorkKind.Apply => Apply(step, now),
        _ => Look(step, now),
    };

    private StepResult Apply(Step step, DateTimeOffset now)
    {
        var node = nodes[step.Node];
        if (step.Action is PlanAction.Delete)
            Assert.DoesNotContain(nodes.Values, user => user.After.Contains(step.Node) && Standing.Contains(user.Name));
        else
            Assert.All(node.After, before => Assert.True(nodes[before].NoOp || Standing.Contains(before), $"{step.Node} was started before {before} stood"));
        if (node.Trouble is Trouble.Terminal)
            return StepResult.Terminal("Refused", "The world refuses.");
        if (node.Trouble is Trouble.Transient && failures.TryGetValue(Key(step), out var failed) is var known && (!known || failed < 2))
        {
            failures[Key(step)] = failed + 1;
            return StepResult.Transient("Busy", "The world is busy.");
        }

        Assert.True(begun.TryAdd(Key(step), now + (node.Trouble is Trouble.Slow ? Slowness : TimeSpan.Zero)), $"{step.Node} was applied twice");
        var seen = Look(step, now);
        return node.Trouble is Trouble.Unknown ? StepResult.Unknown("LostReply", "The answer was lost.") : seen;
    }

    private StepResult Look(Step step, DateTimeOffset now)
    {
        if (!begun.TryGetValue(Key(step), out var due))
            return StepResult.NotApplied();
        if (due > now)
            return StepResult.InProgress(due - now);
        if (step.Action is PlanAction.Delete && Standing.Remove(step.Node))
            Removed.Add(step.Node);
        else if (step.Action is not PlanAction.Delete && !Standing.Contains(step.Node))
            Standing.Add(step.Node);
        return StepResult.Completed();
    }

    private static string Key(Step step) => $"{step.RunId:N}/{step.Node}";
}
