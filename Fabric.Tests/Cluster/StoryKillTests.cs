using System.Text.Json.Nodes;

namespace Fabric.Tests.Cluster;

[Collection(ClusterCollection.Name)]
public sealed class StoryKillTests(ApiServerFixture cluster)
{
    [Fact]
    public async Task An_agent_killed_in_the_middle_of_an_apply_goes_on_and_nothing_is_rolled_out_twice()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var story = await ClusterStory.ReadyAsync(cluster, "killed", ct);
        cluster.Kubelet.Hold(story.Namespace, "web-front");
        var run = await story.ChangeAsync(new JsonObject { ["setting"] = "second", ["replicas"] = 2 });
        await story.FieldBecomesAsync("configmap/web-settings", "{.data.value}", "second");
        await story.Agent.DisposeAsync();
        story.StartAgent();
        await story.FieldBecomesAsync("deployment/web-front", "{.spec.template.spec.containers[0].env[0].value}", "second");
        await story.Agent.DisposeAsync();
        cluster.Kubelet.Release(story.Namespace, "web-front");
        story.StartAgent();
        await story.EndsAsync(run);

        // One roll-out each of what changed: the second template of the front, and the first of the back, which only grew.
        Assert.Equal("2", await story.FieldAsync("deployment/web-front", "{.metadata.annotations.deployment\\.kubernetes\\.io/revision}"));
        Assert.Equal("1", await story.FieldAsync("deployment/web-back", "{.metadata.annotations.deployment\\.kubernetes\\.io/revision}"));
        Assert.Equal("2", await story.FieldAsync("deployment/web-back", "{.metadata.generation}"));
        Assert.Equal(1, (int)ClusterStory.WebOf(await story.Server.GetAsync($"/api/v1/runs/{run}"))["attempt"]!);
        Assert.Single((await story.Server.GetAsync("/api/v1/agents"))["items"]!.AsArray());
    }

    [Fact]
    public async Task While_the_server_is_away_the_agent_finishes_and_repairs_and_on_return_the_run_ends_and_the_drift_is_told()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var story = await ClusterStory.ReadyAsync(cluster, "away", ct);
        cluster.Kubelet.Hold(story.Namespace, "web-back");
        var run = await story.ChangeAsync(new JsonObject { ["setting"] = "second", ["replicas"] = 2 });
        await story.FieldBecomesAsync("deployment/web-back", "{.spec.replicas}", "2");
        await story.Server.KillAsync();

        cluster.Kubelet.Release(story.Namespace, "web-back");
        await story.FieldBecomesAsync("deployment/web-front", "{.status.readyReplicas}", "2");
        var intents = (await story.IntentsAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await story.ProgressedAsync(intents.Single(name => name.Contains("/web-", StringComparison.Ordinal)), "healthy");
        await story.KubectlAsync("scale deployment/web-back --replicas=1");
        await story.FieldBecomesAsync("deployment/web-back", "{.spec.replicas}", "2");

        await story.Server.StartAsync();
        await story.EndsAsync(run);
        await story.Server.UntilAsync($"/api/v1/environments/{story.Id}/events?limit=500", events => events["items"]!.AsArray().Any(line =>
            (string?)line!["kind"] == "DriftRepaired" && line["message"]!.ToString().Contains("Deployment/web-back: spec.replicas", StringComparison.Ordinal)), "the drift to be told", 90);
        await story.EntityAsync(web => (string?)web["state"] == "Ready" && !(bool)web["drifted"]!, "web Ready and not drifted");
    }
}
