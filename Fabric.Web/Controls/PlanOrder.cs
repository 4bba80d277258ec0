using Fabric.Web.Live;
using Fabric.Workflows.Runs;

namespace Fabric.Web.Controls;

/// <summary>A plan as it is read: what destroys stands first, what does nothing is counted only.</summary>
public static class PlanOrder
{
    private static readonly PlanAction[] Order = [PlanAction.Replace, PlanAction.Delete, PlanAction.HandOver, PlanAction.Create, PlanAction.Update, PlanAction.KnownAfterApply];

    /// <summary>The steps to show.</summary>
    public static IReadOnlyList<PlannedStep> Of(IReadOnlyList<PlannedStep> steps) =>
        [.. steps.Where(step => !step.Skipped && step.Plan.Action != PlanAction.None).OrderBy(step => Array.IndexOf(Order, step.Plan.Action))];

    /// <summary>How many of each, in the order they stand.</summary>
    public static IReadOnlyList<(PlanAction Action, int Count)> Count(IReadOnlyList<PlannedStep> steps) =>
        [.. Of(steps).GroupBy(step => step.Plan.Action).Select(group => (group.Key, group.Count()))];

    /// <summary>The resources of an entity to show.</summary>
    public static IReadOnlyList<ResourceChange> Of(IReadOnlyList<ResourceChange> resources) =>
        [.. resources.Where(resource => resource.Action != PlanAction.None).OrderBy(resource => Array.IndexOf(Order, resource.Action)).ThenBy(resource => resource.Address, StringComparer.Ordinal)];

    /// <summary>How many resources of all steps that do something meet which action, in the order they stand.</summary>
    public static IReadOnlyList<(PlanAction Action, int Count)> CountResources(IReadOnlyList<PlannedStep> steps) =>
        [.. Of([.. Of(steps).SelectMany(step => step.Plan.Resources)]).GroupBy(resource => resource.Action).OrderBy(group => Array.IndexOf(Order, group.Key)).Select(group => (group.Key, group.Count()))];

    /// <summary>True for what is lost by it.</summary>
    public static bool Destroys(PlanAction action) => action is PlanAction.Replace or PlanAction.Delete;

    /// <summary>The action as a word.</summary>
    public static string Word(PlanAction action) => action switch
    {
        PlanAction.Create => "Create",
        PlanAction.Update => "Update",
        PlanAction.Replace => "Replace",
        PlanAction.Delete => "Delete",
        PlanAction.KnownAfterApply => "Decide later",
        PlanAction.HandOver => "Hand over",
        _ => "No change",
    };
}
