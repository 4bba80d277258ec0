using System.Text.Json.Nodes;

namespace Fabric.Tests.Cluster;

[Collection(ClusterCollection.Name)]
public sealed class StoryCancelTests(ApiServerFixture cluster)
{
    [Fact]
    public async Task A_cancelled_run_stops_the_agent_before_the_next_wave_and_the_next_run_brings_it_in_order()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var story = await ClusterStory.ReadyAsync(cluster, "cancelled", ct);
        cluster.Kubelet.Hold(story.Namespace, "web-back");
        var run = await story.ChangeAsync(new JsonObject { ["setting"] = "second", ["replicas"] = 2 });
        await story.FieldBecomesAsync("deployment/web-back", "{.spec.replicas}", "2");
        await story.StepAsync(run, step => (string?)step["state"] == "Verifying", "web Verifying");

        await story.Server.SendAsync(HttpMethod.Post, $"/api/v1/runs/{run}/cancel", new JsonObject());
        await story.EndsAsync(run, "Cancelled");
        var web = await story.EntityAsync(web => (string?)web["state"] == "Degraded" && web["message"]!.ToString().Contains("Cancelled; what was applied stays as it is", StringComparison.Ordinal), "the agent's word that it stopped");
        Assert.Equal("Degraded", (string?)web["state"]);

        // The wave before is healthy now, and still the next one does not start.
        cluster.Kubelet.Release(story.Namespace, "web-back");
        await story.FieldBecomesAsync("deployment/web-back", "{.status.readyReplicas}", "2");
        await story.LookedAsync();
        Assert.Equal("first", await story.FieldAsync("deployment/web-front", "{.spec.template.spec.containers[0].env[0].value}"));

        await story.EndsAsync(await story.ChangeAsync(new JsonObject { ["setting"] = "third" }));
        Assert.Equal("third", await story.FieldAsync("deployment/web-front", "{.spec.template.spec.containers[0].env[0].value}"));
        await story.EntityAsync(entity => (string?)entity["state"] == "Ready", "web Ready");
    }

    [Fact]
    public async Task What_is_cancelled_while_the_agent_is_away_is_never_begun_even_when_the_server_is_killed_after_it()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var story = await ClusterStory.ReadyAsync(cluster, "unbegun", ct);
        await story.Agent.DisposeAsync();
        var run = await story.ChangeAsync(new JsonObject { ["setting"] = "second" });
        await story.StepAsync(run, step => (string?)step["state"] == "Verifying", "web Verifying");
        await story.Server.SendAsync(HttpMethod.Post, $"/api/v1/runs/{run}/cancel", new JsonObject());
        await story.Server.KillAsync();
        await story.Server.StartAsync();
        await story.EndsAsync(run, "Cancelled");

        story.StartAgent();
        await story.EntityAsync(web => web["message"]!.ToString().Contains("Cancelled; what was applied stays as it is", StringComparison.Ordinal), "the agent's word that it was cancelled");
        Assert.Equal("first", await story.FieldAsync("configmap/web-settings", "{.data.value}"));
    }
}
