using System.Text.Json.Nodes;
using Fabric.Workflows.Engine;

namespace Fabric.Workflows.Clouds.Aws;

/// <summary>
/// Finds resources by their tags: the tagging API knows those of a region, IAM is asked for its own, which the tagging API leaves out.
/// Services that tell of what was deleted a while ago are taken at their word.
/// </summary>
internal sealed class AwsTagged(AwsRequests requests, AwsIamTagged iam)
{
    private const string Target = "ResourceGroupsTaggingAPI_20170126.GetResources";
    private const int PageSize = 100;

    public async Task<Outcome<IReadOnlyList<CloudResource>>> FindAsync(AwsKeys keys, string region, IReadOnlyDictionary<string, string> tags, CancellationToken ct)
    {
        var regional = await RegionalAsync(keys, region, tags, ct);
        if (!regional.Succeeded)
            return regional.Cast<IReadOnlyList<CloudResource>>();
        var global = await iam.FindAsync(keys, region, tags, ct);
        if (!global.Succeeded)
            return global;
        return regional.Value.Concat(global.Value).DistinctBy(found => (found.Type, found.Id)).ToList();
    }

    private async Task<Outcome<List<CloudResource>>> RegionalAsync(AwsKeys keys, string region, IReadOnlyDictionary<string, string> tags, CancellationToken ct)
    {
        var found = new List<CloudResource>();
        var next = "";
        do
        {
            var body = new JsonObject
            {
                ["TagFilters"] = new JsonArray([.. tags.Select(tag => new JsonObject { ["Key"] = tag.Key, ["Values"] = new JsonArray(tag.Value) })]),
                ["ResourcesPerPage"] = PageSize,
            };
            if (next.Length > 0)
                body["PaginationToken"] = next;
            var answer = await requests.JsonAsync(keys, "tagging", region, Target, body, ct);
            if (!answer.Succeeded)
                return answer.Cast<List<CloudResource>>();
            found.AddRange((answer.Value["ResourceTagMappingList"] as JsonArray ?? []).OfType<JsonObject>().Select(Read));
            next = (string?)answer.Value["PaginationToken"] ?? "";
        }
        while (next.Length > 0);
        return found;
    }

    private static CloudResource Read(JsonObject mapping) => AwsArns.Read(
        (string?)mapping["ResourceARN"] ?? "",
        (mapping["Tags"] as JsonArray ?? []).OfType<JsonObject>().ToDictionary(tag => (string)tag["Key"]!, tag => (string?)tag["Value"] ?? ""));
}
