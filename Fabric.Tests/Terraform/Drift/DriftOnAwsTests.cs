using System.Text.Json.Nodes;
using Fabric.Tests.Clouds;
using Fabric.Tests.Support;
using Fabric.Workflows.Clouds;

namespace Fabric.Tests.Terraform.Drift;

/// <summary>A tag that somebody changed by hand on the emulated AWS: found, and ended in each of the three ways.</summary>
[Collection(MotoCollection.Name)]
public sealed class DriftOnAwsTests(Moto moto)
{
    private const string Blueprint = """
        apiVersion: fabric/v1
        kind: Blueprint
        metadata: { name: labelled, title: Labelled }
        spec:
          parameters:
            type: object
            properties:
              labels: { type: object, additionalProperties: { type: string } }
          nodes:
            net: { entity: smallnet@1, config: { subnets: 1, labels: "${param.labels}" } }

        """;

    private readonly string number = Moto.NewAccount();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_tag_changed_by_hand_is_found_and_ignored_reverted_and_adopted()
    {
        await moto.NeedAsync(Stop);
        await using var server = await ServerProcess.StartAsync(null, [.. moto.Settings, ("Fabric:Catalog:0", SmallNetwork.Catalog)]);
        var id = await CreateAsync(server);
        var network = await NetworkAsync();
        Assert.Equal("kim", network.Tags["owner"]);

        await TagAsync(network.Id, "mallory");
        var finding = await CheckAsync(server, id);
        Assert.Equal(("aws_vpc.this", "Open", """{"labels":{"owner":"mallory"}}"""), ((string?)finding["address"], (string?)finding["state"], finding["adoption"]!.ToJsonString()));
        var field = finding["changes"]!.AsArray().Single(change => (string?)change!["path"] == "tags.owner")!;
        Assert.Equal(("kim", "mallory"), ((string?)field["before"], (string?)field["after"]));

        await server.SendAsync(HttpMethod.Post, $"/api/v1/environments/{id}/drift/{finding["id"]}/ignore", new JsonObject { ["until"] = DateTimeOffset.UtcNow.AddDays(1).ToString("O"), ["reason"] = "Mallory asked." });
        finding = await CheckAsync(server, id);
        Assert.Equal(("Ignored", "mallory"), ((string?)finding["state"], (await NetworkAsync()).Tags["owner"]));

        await TagAsync(network.Id, "trudy");
        finding = await CheckAsync(server, id);
        Assert.Equal("Open", (string?)finding["state"]);
        Assert.StartsWith("It was ignored (“Mallory asked.”); since then it came to differ in tags.owner", (string?)finding["reason"], StringComparison.Ordinal);

        await EndedAsync(server, await server.SendAsync(HttpMethod.Post, $"/api/v1/environments/{id}/drift/{finding["id"]}/revert", null));
        Assert.Equal("kim", (await NetworkAsync()).Tags["owner"]);
        Assert.Equal("[]", Told(await FindingsAsync(server, id)));

        await TagAsync(network.Id, "lee");
        finding = await CheckAsync(server, id);
        await EndedAsync(server, await server.SendAsync(HttpMethod.Post, $"/api/v1/environments/{id}/drift/{finding["id"]}/adopt", null));
        var environment = await server.SendAsync(HttpMethod.Get, $"/api/v1/environments/{id}", null);
        Assert.Equal(("lee", 2), ((string?)environment["parameters"]!["labels"]!["owner"], (int)environment["revision"]!));
        Assert.Equal("lee", (await NetworkAsync()).Tags["owner"]);
        await EndedAsync(server, await server.SendAsync(HttpMethod.Post, $"/api/v1/environments/{id}/runs", new JsonObject { ["kind"] = "check" }));
        Assert.Equal("[]", Told(await FindingsAsync(server, id)));
    }

    private static string Told(List<JsonNode?> findings) => new JsonArray([.. findings.Select(finding => finding!.DeepClone())]).ToJsonString();

    private async Task<string> CreateAsync(ServerProcess server)
    {
        await server.PublishAsync("labelled", Blueprint, number);
        var created = await server.SendAsync(HttpMethod.Post, "/api/v1/environments", new JsonObject
        {
            ["tenant"] = "sample", ["name"] = "labelled", ["blueprint"] = "labelled", ["cloud"] = "aws", ["account"] = "prod", ["region"] = MotoAccess.Region,
            ["parameters"] = new JsonObject { ["labels"] = new JsonObject { ["owner"] = "kim" } },
        });
        await EndedAsync(server, created);
        return created["id"]!.ToString();
    }

    /// <summary>Looks, and tells the one finding there is.</summary>
    private static async Task<JsonNode> CheckAsync(ServerProcess server, string id)
    {
        await EndedAsync(server, await server.SendAsync(HttpMethod.Post, $"/api/v1/environments/{id}/runs", new JsonObject { ["kind"] = "check" }));
        return Assert.Single(await FindingsAsync(server, id))!;
    }

    /// <summary>Findings that are not settled.</summary>
    private static async Task<List<JsonNode?>> FindingsAsync(ServerProcess server, string id) =>
        [.. (await server.SendAsync(HttpMethod.Get, $"/api/v1/environments/{id}/drift", null))["findings"]!.AsArray().Where(finding => (string?)finding!["state"] is "Open" or "Ignored")];

    private static async Task EndedAsync(ServerProcess server, JsonNode started)
    {
        var run = await server.UntilAsync($"/api/v1/runs/{started["run"]}", answer => (string?)answer["state"] is "Succeeded" or "Failed" or "Cancelled", "the run to end", 240);
        Assert.True((string?)run["state"] == "Succeeded", run.ToJsonString());
    }

    private async Task<CloudResource> NetworkAsync() =>
        (await moto.Aws.FindAsync(await SessionAsync(), MotoAccess.Region, new Dictionary<string, string> { ["fabric-environment"] = "labelled" }, Stop)).Value.Single(found => found.Type == "aws_vpc");

    private async Task TagAsync(string network, string owner) =>
        await moto.CallAsync(await SessionAsync(), "ec2", MotoAccess.Region, "2016-11-15", "CreateTags", Stop, ("ResourceId.1", network), ("Tag.1.Key", "owner"), ("Tag.1.Value", owner));

    private async Task<CloudSession> SessionAsync() => (await moto.Aws.OpenAsync(new OpenedAccount(SampleAccounts.AwsRole(number), null), MotoAccess.Region, "test", Stop)).Value;
}
