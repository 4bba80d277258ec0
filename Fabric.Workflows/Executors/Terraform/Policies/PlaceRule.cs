using System.Text.RegularExpressions;
using Fabric.Workflows.Executors.Terraform.Plans;
using Fabric.Workflows.Runs;

namespace Fabric.Workflows.Executors.Terraform.Policies;

/// <summary>Whether what a plan makes or changes lies in the regions that its account allows.</summary>
internal static partial class PlaceRule
{
    private static readonly string[] Providers = ["aws_", "azurerm_", "azapi_", "google_"];
    private static readonly string[] Attributes = ["region", "location", "availability_zone", "zone"];

    /// <summary>What lies elsewhere.</summary>
    /// <param name="resources">Every resource that the plan changes.</param>
    /// <param name="regions">Regions that the account allows; empty for any.</param>
    public static IEnumerable<PolicyVerdict> Of(IReadOnlyList<PlannedResource> resources, IReadOnlyList<string> regions) =>
        from resource in resources
        where regions.Count > 0 && resource.Action is PlanAction.Create or PlanAction.Update or PlanAction.Replace
        where Providers.Any(provider => resource.Type.StartsWith(provider, StringComparison.Ordinal))
        from attribute in Attributes
        // Of a line into AWS it is the building that it comes from.
        where attribute != "location" || !resource.Type.StartsWith("aws_", StringComparison.Ordinal)
        from place in PlannedPlace.After(resource).Find(attribute)
        let verdict = Verdict(resource, place, regions)
        where verdict is not null
        select verdict;

    private static PolicyVerdict? Verdict(PlannedResource resource, PlannedPlace place, IReadOnlyList<string> regions)
    {
        var allowed = string.Join(", ", regions);
        if (place.IsUnknown)
            return new PolicyVerdict(PlanPolicies.AllowedRegions, PolicyEffect.Warn, resource.Address, $"Nobody can tell yet whether {resource.Address} is in a region that its account allows ({allowed}): {place.Path} is known only after apply.");
        if (place.IsLeftOut || IsNowhere(NameOf(place)) || regions.Any(region => Fits(resource.Type, NameOf(place), region)))
            return null;
        return new PolicyVerdict(PlanPolicies.AllowedRegions, PolicyEffect.Deny, resource.Address, $"{resource.Address} would be in {(place.IsSensitive ? "another region" : NameOf(place))}, by its {place.Path}; its account allows {allowed}.");
    }

    /// <summary>Google also takes the address of a region or zone, which ends with its name.</summary>
    private static string NameOf(PlannedPlace place) => place.Value!.ToString().Split('/')[^1];

    /// <summary>
    /// What serves the whole world has no place, and Azure's zones are numbers within a region. A multi-region of Google's, such as <c>EU</c>,
    /// is a place of its own: it keeps data in regions that the account may not allow, so it is allowed where the account names it.
    /// </summary>
    private static bool IsNowhere(string place) => place.Length == 0 || place.Equals("global", StringComparison.OrdinalIgnoreCase) || place.All(char.IsAsciiDigit);

    /// <summary>A zone is its region with a letter behind it; local zones of AWS have names of their own there. Azure writes "West Europe" and "westeurope".</summary>
    private static bool Fits(string type, string place, string region)
    {
        if (type.StartsWith("az", StringComparison.Ordinal))
            return place.Replace(" ", "", StringComparison.Ordinal).Equals(region.Replace(" ", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);
        if (!place.StartsWith(region, StringComparison.OrdinalIgnoreCase))
            return false;
        var zone = place[region.Length..];
        return zone.Length == 0 || (type.StartsWith("aws_", StringComparison.Ordinal) ? AwsZone() : GoogleZone()).IsMatch(zone);
    }

    [GeneratedRegex("^([a-z]|-[a-z0-9-]+)$")]
    private static partial Regex AwsZone();

    [GeneratedRegex("^-[a-z]$")]
    private static partial Regex GoogleZone();
}
