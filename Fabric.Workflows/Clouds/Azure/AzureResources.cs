using System.Text.Json.Nodes;
using Fabric.Workflows.Engine;
using Microsoft.Extensions.Options;

namespace Fabric.Workflows.Clouds.Azure;

/// <summary>Reads from the resource manager.</summary>
internal sealed class AzureResources(IOptions<AzureOptions> options, CloudRest rest)
{
    private const string NetworkVersion = "2023-09-01";

    // What may stand in a network.
    private static readonly string[] InNetworks = ["loadBalancers", "applicationGateways", "networkInterfaces", "networkSecurityGroups", "natGateways", "privateEndpoints"];

    /// <summary>The subscription itself.</summary>
    public Task<Outcome<JsonObject>> SubscriptionAsync(string token, string subscription, CancellationToken ct) =>
        GetAsync(token, $"/subscriptions/{subscription}?api-version=2022-12-01", $"subscription {subscription}", ct);

    /// <summary>Anything below the resource manager.</summary>
    public Task<Outcome<JsonObject>> GetAsync(string token, string path, string what, CancellationToken ct) => rest.GetAsync(Address(path), token, what, ct);

    /// <summary>Every page of a list.</summary>
    public Task<Outcome<List<JsonObject>>> ListAsync(string token, string path, string what, CancellationToken ct) => rest.ListAsync(
        Address(path), token, page => (page["value"] as JsonArray ?? []).OfType<JsonObject>(), page => Uri.TryCreate((string?)page["nextLink"], UriKind.Absolute, out var next) ? next : null, what, ct);

    /// <summary>What carries all of the tags in a region. The resource manager filters by one; the others are compared here.</summary>
    public async Task<Outcome<IReadOnlyList<CloudResource>>> FindAsync(string token, string subscription, string region, IReadOnlyDictionary<string, string> tags, CancellationToken ct)
    {
        var first = tags.First();
        var filter = Uri.EscapeDataString($"tagName eq '{Quoted(first.Key)}' and tagValue eq '{Quoted(first.Value)}'");
        var found = new List<CloudResource>();
        foreach (var list in new[] { "resourcegroups", "resources" })
        {
            var some = await ListAsync(token, $"/subscriptions/{subscription}/{list}?api-version=2021-04-01&$filter={filter}", $"the {list} of subscription {subscription}", ct);
            if (!some.Succeeded)
                return some.Cast<IReadOnlyList<CloudResource>>();
            found.AddRange(some.Value.Where(one => IsIn(one, region)).Select(AzureTypes.Read));
        }

        return found.Where(one => tags.All(tag => one.Tags.TryGetValue(tag.Key, out var value) && value == tag.Value)).ToList();
    }

    /// <summary>What lives in a virtual network: its subnets, and everything of the subscription's network services that names it.</summary>
    public async Task<Outcome<IReadOnlyList<CloudResource>>> InNetworkAsync(string token, string subscription, string network, CancellationToken ct)
    {
        if (!network.StartsWith($"/subscriptions/{subscription}/", StringComparison.OrdinalIgnoreCase) || network.Contains("..", StringComparison.Ordinal) || network.Contains('?', StringComparison.Ordinal))
            return CloudFaults.Wrong("network", $"'{network}' is no virtual network of subscription {subscription}.");
        var subnets = await ListAsync(token, $"{network}/subnets?api-version={NetworkVersion}", "the subnets of the network", ct);
        if (!subnets.Succeeded)
            return subnets.Cast<IReadOnlyList<CloudResource>>();
        var found = subnets.Value.Select(AzureTypes.Read).ToList();
        foreach (var type in InNetworks)
        {
            var some = await ListAsync(token, $"/subscriptions/{subscription}/providers/Microsoft.Network/{type}?api-version={NetworkVersion}", $"the {type} of subscription {subscription}", ct);
            if (!some.Succeeded)
                return some.Cast<IReadOnlyList<CloudResource>>();
            found.AddRange(some.Value.Where(one => Names(one["properties"], network)).Select(AzureTypes.Read));
        }

        return found;
    }

    /// <summary>Removes a resource of the subscription's network services, or a subnet.</summary>
    public async Task<Outcome<bool>> RemoveAsync(string token, string subscription, CloudResource resource, CancellationToken ct)
    {
        var ours = resource.Id.StartsWith($"/subscriptions/{subscription}/", StringComparison.OrdinalIgnoreCase) && resource.Id.Contains("/providers/Microsoft.Network/", StringComparison.OrdinalIgnoreCase);
        if (!ours || resource.Id.Contains("..", StringComparison.Ordinal) || resource.Id.Contains('?', StringComparison.Ordinal))
            return CloudFaults.NotRemoved(resource);
        return await rest.DeleteAsync(Address($"{resource.Id}?api-version={NetworkVersion}"), token, resource.Id, ct);
    }

    /// <summary>Whether an id below the network, or its own, stands anywhere in a document.</summary>
    private static bool Names(JsonNode? node, string network) => node switch
    {
        JsonObject map => map.Any(field => Names(field.Value, network)),
        JsonArray list => list.Any(item => Names(item, network)),
        JsonValue value => value.TryGetValue<string>(out var text)
            && text.StartsWith(network, StringComparison.OrdinalIgnoreCase) && (text.Length == network.Length || text[network.Length] == '/'),
        _ => false,
    };

    private static bool IsIn(JsonObject resource, string region) => (string?)resource["location"] is not { } location
        || location == "global" || string.Equals(location.Replace(" ", "", StringComparison.Ordinal), region, StringComparison.OrdinalIgnoreCase);

    private static string Quoted(string text) => text.Replace("'", "''", StringComparison.Ordinal);

    private Uri Address(string path) => new($"{options.Value.Endpoint.TrimEnd('/')}{path}");
}
