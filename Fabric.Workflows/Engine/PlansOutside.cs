using Fabric.Workflows.Executors;
using Fabric.Workflows.Runs;

namespace Fabric.Workflows.Engine;

/// <summary>
/// The plans of one run that take work outside: made one beside the other, each as soon as what it depends on is planned. Held in memory
/// alone: planning changes nothing, so after a take-over the run is planned from the start.
/// </summary>
public sealed class PlansOutside
{
    private const int Tries = 3;
    private readonly Dictionary<string, StepPlan> made = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> tries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StepResult> failures = new(StringComparer.Ordinal);
    private readonly HashSet<string> underWay = new(StringComparer.Ordinal);

    /// <summary>Whether a plan is still to come.</summary>
    public bool Waits { get; private set; }

    /// <summary>What is to be planned now; taken by whoever starts it.</summary>
    public List<StepContext> Wanted { get; } = [];

    /// <summary>The run is laid out anew: what is under way stays so.</summary>
    public void Begin()
    {
        Waits = false;
        Wanted.Clear();
    }

    /// <summary>The plan of a step.</summary>
    /// <returns>Null while it is not made; it is asked for then.</returns>
    public StepPlan? Ask(StepContext context)
    {
        if (made.GetValueOrDefault(context.Step.Node) is { } plan)
            return plan;
        Waits = true;
        if (underWay.Add(context.Step.Node))
            Wanted.Add(context);
        return null;
    }

    /// <summary>A step depends on one whose plan is still to come.</summary>
    public void WaitAlong() => Waits = true;

    /// <summary>Why a node's plan is one of which nothing is known; null when it is a plan like any other.</summary>
    public StepResult? FailureOf(string node) => failures.GetValueOrDefault(node);

    /// <summary>Whether a node has its plan.</summary>
    public bool Has(string node) => made.ContainsKey(node);

    /// <summary>
    /// Takes what planning a node ended with. What cannot be planned stands as a deletion of which nothing is known: a destroy goes on with
    /// it, so that a part nobody can reach any more fails by itself, where a person can skip it, and holds no other part up.
    /// </summary>
    /// <returns>Why an apply cannot be planned; null when it goes on.</returns>
    public string? Take(string node, StepResult result)
    {
        underWay.Remove(node);
        switch (result.Kind)
        {
            case StepResultKind.Planned:
                made[node] = result.Plan!;
                return null;
            case StepResultKind.InProgress:
                return null;
            case StepResultKind.Transient when (tries[node] = tries.GetValueOrDefault(node) + 1) < Tries:
                return null;
            default:
                made[node] = new StepPlan(PlanAction.Delete, [], Complete: false, null) { Resources = result.Left ?? [], Left = result.Left };
                failures[node] = result;
                return $"{node} could not be planned. {result.Message}";
        }
    }
}
