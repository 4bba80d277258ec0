namespace Fabric.Tests.Cluster;

[Collection(ClusterCollection.Name)]
public sealed class StoryOperationTests(ApiServerFixture cluster)
{
    [Fact]
    public async Task Operations_patch_run_a_job_and_wait_and_fail_when_a_wait_takes_too_long_or_a_target_is_not_there()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var story = await ClusterStory.ReadyAsync(cluster, "operated", ct);
        var run = await story.EndsAsync(await story.OperateAsync("restart"));
        Assert.Equal("Action", (string?)run["kind"]);
        Assert.NotEqual("", await story.FieldAsync("deployment/web-front", "{.spec.template.metadata.annotations.fabric\\.io/restarted-at}"));
        Assert.Equal("", await story.FieldAsync("deployment/web-back", "{.spec.template.metadata.annotations.fabric\\.io/restarted-at}"));
        Assert.Equal("2", await story.FieldAsync("deployment/web-front", "{.metadata.annotations.deployment\\.kubernetes\\.io/revision}"));
        await story.FieldBecomesAsync("jobs", "{.items[*].metadata.name}", "");

        // What the operation wrote is no drift, and stays.
        await story.LookedAsync();
        await story.EntityAsync(web => (string?)web["state"] == "Ready" && !(bool)web["drifted"]!, "web Ready and not drifted");
        Assert.Equal("2", await story.FieldAsync("deployment/web-front", "{.metadata.annotations.deployment\\.kubernetes\\.io/revision}"));

        cluster.Kubelet.Hold(story.Namespace, "web-back");
        var late = ClusterStory.WebOf(await story.EndsAsync(await story.OperateAsync("hurry"), "Failed"));
        Assert.Equal(("OperationFailed", "hurry: step 2 of 2, Wait took longer than 3 seconds."), ((string?)late["reason"], (string?)late["message"]));
        cluster.Kubelet.Release(story.Namespace, "web-back");

        var missed = ClusterStory.WebOf(await story.EndsAsync(await story.OperateAsync("miss"), "Failed"));
        Assert.Contains("Step 1 of operation miss is about Deployment nobody, and the manifests of the type make no such object", (string?)missed["message"], StringComparison.Ordinal);
        await story.EndsAsync(await story.OperateAsync("restart"));
        await story.EntityAsync(web => (string?)web["state"] == "Ready", "web Ready after an operation that went well");
    }
}
