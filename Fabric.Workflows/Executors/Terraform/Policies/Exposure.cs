using System.Text.Json.Nodes;
using Fabric.Workflows.Executors.Terraform.Plans;
using Fabric.Workflows.Runs;

namespace Fabric.Workflows.Executors.Terraform.Policies;

/// <summary>Finds what a plan opens to everybody, by <see cref="Openings"/>. What stands open already and is not touched is no plan's doing.</summary>
internal static class Exposure
{
    private const int Longest = 60;

    /// <summary>What a plan opens. What nobody can tell before the apply is a warning.</summary>
    /// <param name="resources">Every resource that the plan changes.</param>
    /// <param name="destroys">Whether everything goes.</param>
    /// <param name="effect">What becomes of a plan that opens something.</param>
    public static IEnumerable<PolicyVerdict> Of(IReadOnlyList<PlannedResource> resources, bool destroys, PolicyEffect effect) =>
        resources.SelectMany(resource => resource.Action is PlanAction.Delete ? Unguarded(resource, resources, destroys, effect) : Opened(resource, resources, effect));

    private static IEnumerable<PolicyVerdict> Opened(PlannedResource resource, IReadOnlyList<PlannedResource> resources, PolicyEffect effect)
    {
        if (resource.Action is PlanAction.HandOver)
            return [];
        var after = PlannedPlace.After(resource);
        return Openings.All.Where(opening => opening.IsOf(resource.Type) && !IsKeptClosed(opening, resources)).SelectMany(opening =>
            opening.Paths.SelectMany(after.Find).DistinctBy(place => place.Path).Select(place => Verdict(resource, opening, place, effect)).OfType<PolicyVerdict>());
    }

    private static bool IsKeptClosed(Opening opening, IReadOnlyList<PlannedResource> resources) => opening.UnlessBeside is { } guard
        && resources.Any(other => other.Type == guard.Type && other.Action is not PlanAction.Delete && PlannedPlace.After(other).Find(guard.Path).Any(place => place.Value is { } value && Opening.Text(value) == guard.Value));

    private static PolicyVerdict? Verdict(PlannedResource resource, Opening opening, PlannedPlace place, PolicyEffect effect)
    {
        if (opening.Judge(place) is not { IsOpen: not false } answer || IsUntouched(resource, opening, place))
            return null;
        if (answer.IsOpen is true)
            return new PolicyVerdict(PlanPolicies.PublicExposure, effect, resource.Address, $"{resource.Address} {opening.What}: {Shown(place)}.");
        var why = answer.Decides.IsUnknown ? "is known only after apply" : "cannot be read";
        return new PolicyVerdict(PlanPolicies.PublicExposure, PolicyEffect.Warn, resource.Address, $"Nobody can tell yet whether {resource.Address} {opening.What}: {answer.Decides.Path} {why}.");
    }

    /// <summary>A resource that is updated and keeps every attribute that the rule looks at. What is replaced is made anew.</summary>
    private static bool IsUntouched(PlannedResource resource, Opening opening, PlannedPlace place)
    {
        if (resource.Action is not PlanAction.Update)
            return false;
        var (before, after, unknown) = (resource.Change["before"], resource.Change["after"], resource.Change["after_unknown"] as JsonObject);
        return new[] { place.Path }.Concat(place.IsAtTop ? opening.Unless.Select(unless => unless.Path) : [])
            .Select(path => path.Split('.', '[')[0])
            .All(name => !PlannedPlace.Marks(unknown?[name]) && JsonNode.DeepEquals(before?[name], after?[name]));
    }

    /// <summary>What kept the public out goes, and what it guarded stays.</summary>
    private static IEnumerable<PolicyVerdict> Unguarded(PlannedResource resource, IReadOnlyList<PlannedResource> resources, bool destroys, PolicyEffect effect) =>
        from guard in Openings.Guards
        where guard.Type == resource.Type && !(destroys && guard.Guarded.Length == 0) && !resources.Any(other => other.Type == guard.Guarded && other.Action is PlanAction.Delete && Name(other) == Name(resource))
        select new PolicyVerdict(PlanPolicies.PublicExposure, effect, resource.Address, $"{resource.Address} would be deleted, and what it guards stays: {guard.What}.");

    private static string? Name(PlannedResource resource) => resource.Change["before"]?["bucket"]?.ToString();

    private static string Shown(PlannedPlace place) => place switch
    {
        { IsLeftOut: true } => $"{place.Path} is left out, which is as good as open",
        { IsSensitive: false, Value: JsonValue value } when value.ToString().Length <= Longest => $"{place.Path} is {Opening.Text(value)}",
        _ => $"look at {place.Path}",
    };
}
