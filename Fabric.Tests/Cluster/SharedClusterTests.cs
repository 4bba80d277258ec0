using System.Text.Json.Nodes;

namespace Fabric.Tests.Cluster;

/// <summary>One agent serves one cluster and many environments; an environment outlives its agent.</summary>
[Collection(ClusterCollection.Name)]
public sealed class SharedClusterTests(ApiServerFixture cluster)
{
    [Fact]
    public async Task A_tenants_environment_on_the_vendors_cluster_is_served_by_the_vendors_agent_and_the_region_stays_in_its_hands()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var story = await ClusterStory.StartAsync(cluster, ct);
        await story.CreateAsync("region", owner: "vendor");
        await story.ConnectAsync();
        await story.EndsAsync(story.Run);
        var (region, regionSpace) = (story.Id, story.Namespace);

        await story.CreateAsync("hosted");
        await story.ConnectAsync();
        await story.EndsAsync(story.Run);
        var agents = (await story.Server.GetAsync("/api/v1/agents"))["items"]!.AsArray();
        Assert.Single(agents);

        // What is changed in the region still reaches it, and both are kept.
        var change = await story.Server.SendAsync(HttpMethod.Patch, $"/api/v1/environments/{region}/parameters", new JsonObject { ["setting"] = "second" });
        await story.EndsAsync(change["run"]!.ToString());
        Assert.Equal("second", await cluster.KubectlAsync($"get configmap/web-settings -n {regionSpace} -o jsonpath={{.data.value}}", ct));
        Assert.Equal("first", await story.FieldAsync("configmap/web-settings", "{.data.value}"));
    }

    [Fact]
    public async Task A_new_agent_takes_over_what_a_lost_one_held_without_any_change_and_a_check_says_so_only_then()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var story = await ClusterStory.ReadyAsync(cluster, "inherited", ct);
        var lost = (await story.Server.GetAsync("/api/v1/agents"))["items"]!.AsArray().Single()!["id"]!.ToString();
        await story.Agent.KillAsync();
        await cluster.KubectlAsync("delete namespace fabric-agent", ct);
        await story.KubectlAsync("delete configmap/web-settings");
        await story.Server.SendAsync(HttpMethod.Delete, $"/api/v1/agents/{lost}");
        Assert.Contains("no agent serves this environment", (await CheckAsync(story, "Failed")).ToJsonString(), StringComparison.Ordinal);

        await story.ConnectAsync();
        await story.FieldBecomesAsync("configmap/web-settings", "{.data.value}", "first");
        await CheckAsync(story, "Succeeded");
        Assert.NotEqual(lost, (await story.Server.GetAsync("/api/v1/agents"))["items"]!.AsArray().Single()!["id"]!.ToString());
    }

    private static async Task<JsonNode> CheckAsync(ClusterStory story, string end)
    {
        var run = await story.Server.SendAsync(HttpMethod.Post, $"/api/v1/environments/{story.Id}/runs", new JsonObject { ["kind"] = "check" });
        return await story.EndsAsync((run["run"] ?? run["id"])!.ToString(), end);
    }
}
