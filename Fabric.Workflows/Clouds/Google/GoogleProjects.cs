using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Fabric.Workflows.Engine;
using Microsoft.Extensions.Options;

namespace Fabric.Workflows.Clouds.Google;

/// <summary>Reads from a project. Networks are asked of Compute, everything with labels of Cloud Asset Inventory.</summary>
internal sealed class GoogleProjects(IOptions<GoogleOptions> options, CloudRest rest)
{
    private static readonly string[] InNetworks = ["subnetworks", "forwardingRules", "instances", "routers"];

    /// <summary>A project itself.</summary>
    public Task<Outcome<JsonObject>> ProjectAsync(string token, string project, CancellationToken ct) => GetAsync(token, "cloudresourcemanager", $"v3/projects/{project}", $"project {project}", ct);

    /// <summary>Anything of a service.</summary>
    public Task<Outcome<JsonObject>> GetAsync(string token, string service, string path, string what, CancellationToken ct) => rest.GetAsync(options.Value.Address(service, path), token, what, ct);

    /// <summary>Which of some permissions Fabric has in a project.</summary>
    public async Task<Outcome<JsonObject>> PermissionsAsync(string token, string project, IReadOnlyList<string> permissions, CancellationToken ct)
    {
        using var wish = JsonContent.Create(new JsonObject { ["permissions"] = new JsonArray([.. permissions.Select(permission => (JsonNode)permission)]) });
        return await rest.PostAsync(options.Value.Address("cloudresourcemanager", $"v3/projects/{project}:testIamPermissions"), token, wish, $"what Fabric may do in {project}", ct);
    }

    /// <summary>What carries all of the labels in a region. The search may find what only resembles them, so they are compared here.</summary>
    public async Task<Outcome<IReadOnlyList<CloudResource>>> FindAsync(string token, string project, string region, IReadOnlyDictionary<string, string> tags, CancellationToken ct)
    {
        var labels = tags.ToDictionary(tag => GoogleLabels.Of(tag.Key), tag => GoogleLabels.Of(tag.Value));
        var query = Uri.EscapeDataString(string.Join(" AND ", labels.Select(label => $"labels.{label.Key}={label.Value}")));
        var all = await PagesAsync(token, "cloudasset", $"v1/projects/{project}:searchAllResources?pageSize=500&query={query}", page => Items(page["results"]), $"the resources of project {project}", ct);
        if (!all.Succeeded)
            return all.Cast<IReadOnlyList<CloudResource>>();
        return all.Value.Where(one => GoogleTypes.IsIn((string?)one["location"], region)).Select(GoogleTypes.ReadAsset)
            .Where(one => labels.All(label => one.Tags.TryGetValue(label.Key, out var value) && value == label.Value)).ToList();
    }

    /// <summary>What lives in a network, in every region of it; firewall rules among it.</summary>
    public async Task<Outcome<IReadOnlyList<CloudResource>>> InNetworkAsync(string token, string project, string network, CancellationToken ct)
    {
        var name = network[(network.LastIndexOf('/') + 1)..];
        var end = $"projects/{project}/global/networks/{name}";
        var found = new List<CloudResource>();
        foreach (var list in InNetworks)
        {
            var some = await PagesAsync(
                token, "compute", $"compute/v1/projects/{project}/aggregated/{list}?maxResults=500", page => (page["items"] as JsonObject ?? []).SelectMany(place => Items(place.Value?[list])), $"the {list} of project {project}", ct);
            if (!some.Succeeded)
                return some.Cast<IReadOnlyList<CloudResource>>();
            found.AddRange(some.Value.Where(one => IsIn(one, end)).Select(one => GoogleTypes.ReadCompute(list, one)));
        }

        var rules = await PagesAsync(token, "compute", $"compute/v1/projects/{project}/global/firewalls?maxResults=500", page => Items(page["items"]), $"the firewall rules of project {project}", ct);
        return rules.Succeeded
            ? found.Concat(rules.Value.Where(one => IsIn(one, end)).Select(one => GoogleTypes.ReadCompute("firewalls", one))).ToList()
            : rules.Cast<IReadOnlyList<CloudResource>>();
    }

    /// <summary>Removes a resource of Compute, by its name from <c>projects/</c> on.</summary>
    public async Task<Outcome<bool>> RemoveAsync(string token, string project, CloudResource resource, CancellationToken ct)
    {
        var ours = resource.Type.StartsWith("google_compute_", StringComparison.Ordinal) && resource.Id.StartsWith($"projects/{project}/", StringComparison.Ordinal);
        if (!ours || resource.Id.Contains("..", StringComparison.Ordinal) || resource.Id.Contains('?', StringComparison.Ordinal))
            return CloudFaults.NotRemoved(resource);
        return await rest.DeleteAsync(options.Value.Address("compute", $"compute/v1/{resource.Id}"), token, resource.Id, ct);
    }

    private static bool IsIn(JsonObject one, string end) => Ends(one["network"], end) || Items(one["networkInterfaces"]).Any(card => Ends(card["network"], end));

    private static bool Ends(JsonNode? link, string end) => link is JsonValue value && value.TryGetValue<string>(out var text) && (text == end || text.EndsWith($"/{end}", StringComparison.Ordinal));

    private static IEnumerable<JsonObject> Items(JsonNode? list) => (list as JsonArray ?? []).OfType<JsonObject>();

    private Task<Outcome<List<JsonObject>>> PagesAsync(string token, string service, string path, Func<JsonObject, IEnumerable<JsonObject>> items, string what, CancellationToken ct) => rest.ListAsync(
        options.Value.Address(service, path),
        token,
        items,
        page => (string?)page["nextPageToken"] is { Length: > 0 } next ? options.Value.Address(service, $"{path}&pageToken={Uri.EscapeDataString(next)}") : null,
        what,
        ct);
}
