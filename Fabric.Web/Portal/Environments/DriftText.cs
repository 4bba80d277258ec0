using System.Text.Json.Nodes;
using Fabric.Web.Controls;
using Fabric.Workflows.Executors.Terraform.Drift;
using Fabric.Workflows.Runs;

namespace Fabric.Web.Portal.Environments;

/// <summary>Words about drift.</summary>
public static class DriftText
{
    /// <summary>What a revert does, before it is done.</summary>
    public const string Reverting = "A run brings the whole environment back to what was deployed: every resource that differs, those whose difference is ignored among them. What it does stands in its plan before it does it.";

    /// <summary>What happened outside.</summary>
    public static string Happened(PlanAction action) => action switch
    {
        PlanAction.Delete => "Deleted outside",
        PlanAction.Create => "Made outside",
        _ => "Changed outside",
    };

    /// <summary>What adopting does, before it is done.</summary>
    public static string Adopting(Adoption adoption) =>
        $"The configuration becomes {string.Join(", ", Leaves("", adoption.Patch))}, as a new revision. Its run should find nothing to change here; whatever else uses the value is changed with it, and stands in the run's plan.";

    private static IEnumerable<string> Leaves(string path, JsonObject patch) =>
        patch.SelectMany(pair => pair.Value is JsonObject inner ? Leaves($"{path}{pair.Key}.", inner) : [$"{path}{pair.Key} = {ValueText.Of(pair.Value)}"]);
}
