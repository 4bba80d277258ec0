using Fabric.Web.Live;
using Fabric.Workflows.Runs;

namespace Fabric.Web.Portal.Environments;

/// <summary>A run's plan as it is shown and approved, and the words about it.</summary>
public static class PlanText
{
    /// <summary>The plan of every step that has one or will have one, in order of execution.</summary>
    public static IReadOnlyList<PlannedStep> Steps(RunView view)
    {
        var titles = view.Nodes.ToDictionary(node => node.Name, node => node.Title, StringComparer.Ordinal);
        return
        [
            .. from step in view.Steps
               where step.Kind is StepKind.Entity
               let plan = step.Plan ?? new StepPlan(step.Action, [], false, null)
               orderby step.Order
               select new PlannedStep(step.Node, titles.GetValueOrDefault(step.Node, step.Node), step.Type, plan, step.NoOp || step.State is StepState.Skipped),
        ];
    }

    /// <summary>How many steps change something, or may.</summary>
    public static int Changes(IReadOnlyList<PlannedStep> steps) => steps.Count(step => !step.Skipped && step.Plan.Action is not PlanAction.None);

    /// <summary>What is lost: titles of what is deleted or replaced.</summary>
    public static IReadOnlyList<string> Destroyed(IReadOnlyList<PlannedStep> steps) =>
        [.. steps.Where(step => !step.Skipped && step.Plan.Action is PlanAction.Delete or PlanAction.Replace).Select(step => step.Title)];

    /// <summary>What a plan does to one entity, in a word.</summary>
    public static string Verb(PlanAction action) => action switch
    {
        PlanAction.None => "no change",
        PlanAction.KnownAfterApply => "known after apply",
        _ => action.ToString().ToLowerInvariant(),
    };

    /// <summary>The verb on the button.</summary>
    public static string Approve(int changes) => changes == 1 ? "Approve 1 change" : $"Approve {changes} changes";

    /// <summary>What a yes covers, in one sentence.</summary>
    public static string Covers(IReadOnlyList<PlannedStep> steps)
    {
        var later = steps.Count(step => !step.Skipped && step.Plan.Action is PlanAction.KnownAfterApply);
        return later == 0
            ? "Your yes covers exactly the plan above; anything else asks again."
            : $"Your yes covers the plan above. {(later == 1 ? "One step is" : $"{later} steps are")} known only after others are applied; they ask again if they would do more than shown.";
    }
}
