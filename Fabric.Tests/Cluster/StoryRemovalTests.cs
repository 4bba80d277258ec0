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
        await Eventually.BecomesAsync("no intent is left", story.IntentsAsync, names => names.Length == 0, ct, 30, () => story.Agent.Output);
    }
}
