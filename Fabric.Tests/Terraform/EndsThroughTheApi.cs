using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Fabric.Tests.Clouds;
using Fabric.Tests.Support;
using Fabric.Workflows.Clouds;

namespace Fabric.Tests.Terraform;

/// <summary>The ends of an environment on the emulated AWS, asked for through the API of a server process.</summary>
[Collection(MotoCollection.Name)]
public sealed class EndsThroughTheApi(Moto moto)
{
    private const string Blueprint = "apiVersion: fabric/v1\nkind: Blueprint\nmetadata: { name: smallnet, title: Small }\nspec:\n  nodes:\n    net: { entity: smallnet@1, config: { subnets: 1 } }\n";
    private readonly string number = Moto.NewAccount();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_left_in_a_network_is_listed_removed_by_its_id_and_nothing_else_and_an_environment_is_handed_over()
    {
        await moto.NeedAsync(Stop);
        await using var server = await ServerProcess.StartAsync(null, [.. moto.Settings, ("Fabric:Catalog:0", SmallNetwork.Catalog)]);
        await server.PublishAsync("smallnet", Blueprint, number);
        var (id, first) = await CreateAsync(server, "goes");
        await EndedAsync(server, first, "Succeeded");
        var subnet = await IntrudeAsync((await server.SendAsync(HttpMethod.Get, $"/api/v1/environments/{id}"))["entities"]![0]!["outputs"]!["networkId"]!.ToString());
        var destroy = (await server.SendAsync(HttpMethod.Delete, $"/api/v1/environments/{id}"))["run"]!.ToString();
        await EndedAsync(server, destroy, "Failed");

        var left = (await server.SendAsync(HttpMethod.Get, $"/api/v1/runs/{destroy}/steps/net/leftovers"))["items"]!.AsArray();
        Assert.Equal(("aws_subnet", subnet), ((string?)Assert.Single(left)!["type"], (string?)left[0]!["id"]));
        Assert.Equal(HttpStatusCode.BadRequest, await RefusedAsync(server, destroy, "subnet-another"));
        Assert.Equal(HttpStatusCode.BadRequest, await RefusedAsync(server, destroy));
        var removed = await server.SendAsync(HttpMethod.Post, $"/api/v1/runs/{destroy}/steps/net/leftovers/remove", new JsonObject { ["resources"] = new JsonArray(subnet), ["message"] = "Made for a test." });
        Assert.True((bool)removed["items"]![0]!["begun"]!, removed.ToJsonString());
        Assert.Empty((await server.SendAsync(HttpMethod.Get, $"/api/v1/runs/{destroy}/steps/net/leftovers"))["items"]!.AsArray());
        await server.SendAsync(HttpMethod.Post, $"/api/v1/runs/{destroy}/steps/net/retry", new JsonObject());
        await EndedAsync(server, destroy, "Succeeded");
        Assert.Empty(await FoundAsync("goes"));

        var (kept, made) = await CreateAsync(server, "stays");
        await EndedAsync(server, made, "Succeeded");
        var before = await FoundAsync("stays");
        await EndedAsync(server, (await server.SendAsync(HttpMethod.Post, $"/api/v1/environments/{kept}/runs", new JsonObject { ["kind"] = "handOver" }))["run"]!.ToString(), "Succeeded");
        var over = await server.SendAsync(HttpMethod.Get, $"/api/v1/environments/{kept}");
        Assert.Equal(("HandedOver", "HandedOver"), ((string?)over["state"], (string?)over["entities"]![0]!["state"]));
        Assert.Equal(before, await FoundAsync("stays"));
        // What an owner takes is the owner's alone.
        using var vendor = await server.Http.GetAsync($"/api/v1/environments/{kept}/handover", Stop);
        Assert.Equal(HttpStatusCode.Forbidden, vendor.StatusCode);
    }

    private static async Task<(string Id, string Run)> CreateAsync(ServerProcess server, string name)
    {
        var created = await server.SendAsync(HttpMethod.Post, "/api/v1/environments", new JsonObject
        {
            ["tenant"] = "sample", ["name"] = name, ["blueprint"] = "smallnet", ["cloud"] = "aws", ["account"] = "prod", ["region"] = MotoAccess.Region, ["parameters"] = new JsonObject(), ["autoApprove"] = true,
        });
        return (created["id"]!.ToString(), created["run"]!.ToString());
    }

    /// <summary>A subnet that Terraform does not know.</summary>
    private async Task<string> IntrudeAsync(string network)
    {
        await moto.CallAsync(await SessionAsync(), "ec2", MotoAccess.Region, "2016-11-15", "CreateSubnet", Stop, ("VpcId", network), ("CidrBlock", "10.1.200.0/24"));
        return (await moto.Aws.InNetworkAsync(await SessionAsync(), MotoAccess.Region, network, Stop)).Value.Single(one => one.Type == "aws_subnet" && one.Tags.Count == 0).Id;
    }

    private static async Task EndedAsync(ServerProcess server, string run, string state)
    {
        var over = await server.UntilAsync($"/api/v1/runs/{run}", answer => (string?)answer["state"] is "Succeeded" or "Failed" or "Cancelled" or "AwaitingApproval", "the run to end", 240);
        Assert.True((string?)over["state"] == state, over.ToJsonString());
    }

    private static async Task<HttpStatusCode> RefusedAsync(ServerProcess server, string run, params string[] ids)
    {
        using var answer = await server.Http.PostAsync(
            $"/api/v1/runs/{run}/steps/net/leftovers/remove", new StringContent(new JsonObject { ["resources"] = new JsonArray([.. ids.Select(id => (JsonNode)id)]) }.ToJsonString(), Encoding.UTF8, "application/json"), Stop);
        return answer.StatusCode;
    }

    private async Task<List<string>> FoundAsync(string environment) =>
        [.. (await moto.Aws.FindAsync(await SessionAsync(), MotoAccess.Region, new Dictionary<string, string> { ["fabric-environment"] = environment }, Stop)).Value.Select(found => found.Id).Order()];

    private async Task<CloudSession> SessionAsync() => (await moto.Aws.OpenAsync(new OpenedAccount(SampleAccounts.AwsRole(number), null), MotoAccess.Region, "test", Stop)).Value;
}
