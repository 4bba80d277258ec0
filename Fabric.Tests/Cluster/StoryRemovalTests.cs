namespace Fabric.Tests.Cluster;

[Collection(ClusterCollection.Name)]
public sealed class StoryRemovalTests(ApiServerFixture cluster)
{
    [Fact]
    public async Task A_destroyed_environment_leaves_neither_its_namespace_nor_an_intent()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var story = await ClusterStory.ReadyAsync(cluster, "gone", ct);
        Assert.NotEqual("", await story.IntentsAsync());
        await story.DestroyAsync();
        Assert.Equal("", await cluster.KubectlAsync($"get namespace {story.Namespace} --ignore-not-found -o name", ct));
        await Eventually.BecomesAsync("no intent is left", story.IntentsAsync, names => names.Length == 0, ct, 180, () => story.Agent.Output);
    }

    [Fact]
    public async Task The_name_of_a_destroyed_environment_is_free_and_the_next_of_that_name_gets_the_same_namespace()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var story = await ClusterStory.ReadyAsync(cluster, "again", ct);
        var (first, firstRun) = (story.Id, story.Run);
        await story.DestroyAsync();
        await story.CreateAsync("again");
        Assert.NotEqual(first, story.Id);
        await story.ConnectAsync();
        await story.EndsAsync(story.Run);
        Assert.Equal("first", await story.FieldAsync("configmap/web-settings", "{.data.value}"));

        // The first one's history stays readable by its id, and nothing can be started on it any more.
        Assert.Equal("Destroyed", (string?)(await story.Server.GetAsync($"/api/v1/environments/{first}"))["state"]);
        Assert.Equal("Succeeded", ClusterStory.StateOf(await story.Server.GetAsync($"/api/v1/runs/{firstRun}")));
        Assert.NotEmpty((await story.Server.GetAsync($"/api/v1/environments/{first}/events"))["items"]!.AsArray());
        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => story.Server.SendAsync(
            HttpMethod.Post, $"/api/v1/environments/{first}/runs", new System.Text.Json.Nodes.JsonObject { ["kind"] = "apply" }));
        Assert.Contains("Environment again is Destroyed; its history stays. Create a new one: the name is free.", refused.Message, StringComparison.Ordinal);
    }
}
