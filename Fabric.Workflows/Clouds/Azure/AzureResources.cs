using System.Text.Json.Nodes;
using Azure;
using Azure.Core;
using Azure.ResourceManager.Resources;
using Fabric.Workflows.Engine;
using Microsoft.Extensions.Options;

namespace Fabric.Workflows.Clouds.Azure;

/// <summary>
/// What is in a subscription. The resource manager's own client reads what is its own; services whose clients are not to be had here are
/// asked plainly.
/// </summary>
internal sealed class AzureResources(IOptions<AzureOptions> options, AzureArm arm, CloudRest rest)
{
    private const string NetworkVersion = "2023-09-01";

    // What may stand in a network.
    private static readonly string[] InNetworks = ["loadBalancers", "applicationGateways", "networkInterfaces", "networkSecurityGroups", "natGateways", "privateEndpoints"];

    /// <summary>The subscription itself.</summary>
    public Task<Outcome<SubscriptionData>> SubscriptionAsync(string token, string subscription, CancellationToken ct) =>
        AzureArm.AskAsync($"subscription {subscription}", async () => (await Subscription(token, subscription).GetAsync(ct)).Value.Data, ct);

    /// <summary>Names of the regions that the subscription has.</summary>
    public Task<Outcome<HashSet<string>>> RegionsAsync(string token, string subscription, CancellationToken ct) => AzureArm.AskAsync(
        "its locations",
        async () =>
        {
            var names = new HashSet<string>(StringComparer.Ordinal);
            await foreach (var location in Subscription(token, subscription).GetLocationsAsync(cancellationToken: ct))
                names.Add(location.Name);
            return names;
        },
        ct);

    /// <summary>Every page of a list of a service that has no client here.</summary>
    public Task<Outcome<List<JsonObject>>> ListAsync(string token, string path, string what, CancellationToken ct) => rest.ListAsync(
        Address(path), token, page => (page["value"] as JsonArray ?? []).OfType<JsonObject>(), page => Uri.TryCreate((string?)page["nextLink"], UriKind.Absolute, out var next) ? next : null, what, ct);

    /// <summary>What carries all of the tags in a region. The resource manager filters by one; the others are compared here.</summary>
    public Task<Outcome<IReadOnlyList<CloudResource>>> FindAsync(string token, string subscription, string region, IReadOnlyDictionary<string, string> tags, CancellationToken ct)
    {
        var first = tags.First();
        var filter = $"tagName eq '{Quoted(first.Key)}' and tagValue eq '{Quoted(first.Value)}'";
        return AzureArm.AskAsync<IReadOnlyList<CloudResource>>(
            $"the resources of subscription {subscription}",
            async () =>
            {
                var found = new List<CloudResource>();
                await foreach (var group in Subscription(token, subscription).GetResourceGroups().GetAllAsync(filter, cancellationToken: ct))
                    Add(group.Data.Id, group.Data.ResourceType, group.Data.Name, group.Data.Location, group.Data.Tags);
                await foreach (var resource in Subscription(token, subscription).GetGenericResourcesAsync(filter, cancellationToken: ct))
                    Add(resource.Data.Id, resource.Data.ResourceType, resource.Data.Name, resource.Data.Location, resource.Data.Tags);
                return found;

                void Add(ResourceIdentifier id, ResourceType type, string name, AzureLocation at, IDictionary<string, string> carried)
                {
                    var isHere = at.Name is null or "" or "global" || string.Equals(at.Name.Replace(" ", "", StringComparison.Ordinal), region, StringComparison.OrdinalIgnoreCase);
                    if (isHere && tags.All(tag => carried.TryGetValue(tag.Key, out var value) && value == tag.Value))
                        found.Add(AzureTypes.Read(id.ToString(), type.ToString(), name, carried.AsReadOnly()));
                }
            },
            ct);
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
        var id = new ResourceIdentifier(resource.Id);
        return await AzureArm.AskAsync(resource.Id, async () => await arm.Client(token, (id.ResourceType, NetworkVersion)).GetGenericResource(id).DeleteAsync(WaitUntil.Started, ct) is not null, ct);
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

    private static string Quoted(string text) => text.Replace("'", "''", StringComparison.Ordinal);

    private SubscriptionResource Subscription(string token, string subscription) => arm.Client(token).GetSubscriptionResource(SubscriptionResource.CreateResourceIdentifier(subscription));

    private Uri Address(string path) => new($"{options.Value.Endpoint.TrimEnd('/')}{path}");
}
