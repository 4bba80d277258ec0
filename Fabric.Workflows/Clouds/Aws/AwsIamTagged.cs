using System.Xml.Linq;
using Fabric.Workflows.Engine;

namespace Fabric.Workflows.Clouds.Aws;

/// <summary>Roles and OpenID Connect providers by their tags. IAM filters nothing by tag, so all of them are listed.</summary>
internal sealed class AwsIamTagged(AwsRequests requests)
{
    private const string Version = "2010-05-08";
    private const int AtOnce = 8;

    public async Task<Outcome<IReadOnlyList<CloudResource>>> FindAsync(AwsKeys keys, string region, IReadOnlyDictionary<string, string> tags, CancellationToken ct)
    {
        var roles = await PagesAsync(keys, region, "GetAccountAuthorizationDetails", [("Filter.member.1", "Role")], "RoleDetailList", ct);
        if (!roles.Succeeded)
            return roles.Cast<IReadOnlyList<CloudResource>>();
        var providers = await PagesAsync(keys, region, "ListOpenIDConnectProviders", [], "OpenIDConnectProviderList", ct);
        if (!providers.Succeeded)
            return providers.Cast<IReadOnlyList<CloudResource>>();
        var found = roles.Value.Select(role => AwsArns.Read(role.Text("Arn"), role.Tags())).ToList();
        foreach (var some in providers.Value.Select(provider => provider.Text("Arn")).Chunk(AtOnce))
        {
            foreach (var provider in await Task.WhenAll(some.Select(arn => ProviderAsync(keys, region, arn, ct))))
            {
                if (!provider.Succeeded)
                    return provider.Cast<IReadOnlyList<CloudResource>>();
                found.Add(provider.Value);
            }
        }

        return found.Where(resource => resource.Tags.Carry(tags)).ToList();
    }

    private async Task<Outcome<CloudResource>> ProviderAsync(AwsKeys keys, string region, string arn, CancellationToken ct)
    {
        var tags = await requests.QueryAsync(keys, "iam", region, Version, "ListOpenIDConnectProviderTags", [("OpenIDConnectProviderArn", arn)], ct);
        return tags.Succeeded ? AwsArns.Read(arn, tags.Value.Tags()) : tags.Cast<CloudResource>();
    }

    private async Task<Outcome<List<XElement>>> PagesAsync(
        AwsKeys keys, string region, string action, IReadOnlyList<(string Name, string Value)> parameters, string list, CancellationToken ct)
    {
        var all = new List<XElement>();
        var marker = "";
        do
        {
            var page = await requests.QueryAsync(keys, "iam", region, Version, action, marker.Length > 0 ? parameters.Append(("Marker", marker)) : parameters, ct);
            if (!page.Succeeded)
                return page.Cast<List<XElement>>();
            all.AddRange(page.Value.Members(list));
            marker = page.Value.TextBelow("IsTruncated") == "true" ? page.Value.TextBelow("Marker") : "";
        }
        while (marker.Length > 0);
        return all;
    }
}
