using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Fabric.Workflows.Executors.Terraform.Plans;
using Fabric.Workflows.Runs;

namespace Fabric.Workflows.Executors.Terraform.Policies;

/// <summary>Whether what a plan makes or changes lies in the regions that its account allows.</summary>
internal static partial class PlaceRule
{
    private static readonly string[] Providers = ["aws_", "azurerm_", "azapi_", "google_"];

    /// <summary>What AWS has once for all regions, whichever of them its provider names.</summary>
    private static readonly string[] Worldwide =
    [
        "aws_account_", "aws_bcmdataexports_", "aws_budgets_", "aws_ce_", "aws_chatbot_", "aws_cloudfront_", "aws_cloudfrontkeyvaluestore_", "aws_costoptimizationhub_", "aws_cur_",
        "aws_dx_gateway", "aws_ecrpublic_", "aws_globalaccelerator_", "aws_iam_", "aws_networkmanager_", "aws_organizations_", "aws_route53_cidr_", "aws_route53_delegation_set",
        "aws_route53_health_check", "aws_route53_hosted_zone_dnssec", "aws_route53_key_signing_key", "aws_route53_query_log", "aws_route53_record", "aws_route53_traffic_policy",
        "aws_route53_vpc_association_authorization", "aws_route53_zone", "aws_route53domains_", "aws_route53recovery", "aws_s3control_multi_region_access_point", "aws_shield_", "aws_waf_",
    ];

    private static readonly string[] Attributes = ["region", "location", "availability_zone", "zone"];

    /// <summary>What lies elsewhere.</summary>
    /// <param name="resources">Every resource that the plan changes.</param>
    /// <param name="regions">Regions that the account allows; empty for any.</param>
    public static IEnumerable<PolicyVerdict> Of(IReadOnlyList<PlannedResource> resources, IReadOnlyList<string> regions) =>
        from resource in resources
        where regions.Count > 0 && resource.Action is PlanAction.Create or PlanAction.Update or PlanAction.Replace
        where Providers.Any(provider => resource.Type.StartsWith(provider, StringComparison.Ordinal))
        from verdict in Own(resource, regions).Concat(OfProvider(resource, regions))
        where verdict is not null
        select verdict;

    /// <summary>Of the places that a resource names itself.</summary>
    private static IEnumerable<PolicyVerdict?> Own(PlannedResource resource, IReadOnlyList<string> regions) =>
        from attribute in Attributes
        // Of a line into AWS it is the building that it comes from.
        where attribute != "location" || !resource.Type.StartsWith("aws_", StringComparison.Ordinal)
        from place in PlannedPlace.After(resource).Find(attribute)
        select Verdict(resource, place, regions);

    /// <summary>
    /// Of the place that its provider block gives it. AWS puts all there that is not of the whole world; Google what has such an attribute and
    /// leaves it out, or leaves out whether it lies in a zone or a region.
    /// </summary>
    private static IEnumerable<PolicyVerdict?> OfProvider(PlannedResource resource, IReadOnlyList<string> regions) =>
        from place in resource.ProviderPlaces
        where resource.Type.StartsWith("aws_", StringComparison.Ordinal)
            ? place.Argument == "region" && !IsWorldwide(resource) && !Says(resource, place.Argument)
            : LeavesOut(resource, place.Argument) || LeavesOut(resource, "location")
        select Verdict(resource, place, regions);

    private static bool IsWorldwide(PlannedResource resource) =>
        Worldwide.Any(type => resource.Type.StartsWith(type, StringComparison.Ordinal)) || (resource.Type.StartsWith("aws_wafv2_", StringComparison.Ordinal) && resource.Change["after"]?["scope"]?.ToString() == "CLOUDFRONT");

    /// <summary>Whether a resource names a place itself, known or not.</summary>
    private static bool Says(PlannedResource resource, string attribute) => resource.Change["after"]?[attribute] is not null || resource.Given?.ContainsKey(attribute) is true;

    private static bool LeavesOut(PlannedResource resource, string attribute) =>
        !Says(resource, attribute) && (resource.Change["after"] is JsonObject after && after.ContainsKey(attribute) || resource.Unknown.Contains(attribute));

    private static PolicyVerdict? Verdict(PlannedResource resource, ProviderPlace place, IReadOnlyList<string> regions)
    {
        var allowed = string.Join(", ", regions);
        if (place.Place is null)
            return new PolicyVerdict(PlanPolicies.AllowedRegions, PolicyEffect.Warn, resource.Address, $"Nobody can tell from the plan whether {resource.Address} is in a region that its account allows ({allowed}): the module puts the {place.Argument} of provider {place.Provider} together.");
        return IsNowhere(NameOf(place.Place)) || regions.Any(region => Fits(resource.Type, NameOf(place.Place), region))
            ? null
            : new PolicyVerdict(PlanPolicies.AllowedRegions, PolicyEffect.Deny, resource.Address, $"{resource.Address} would be in {NameOf(place.Place)}, by the {place.Argument} of provider {place.Provider}; its account allows {allowed}.");
    }

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
    private static string NameOf(PlannedPlace place) => NameOf(place.Value!.ToString());

    private static string NameOf(string place) => place.Split('/')[^1];

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
