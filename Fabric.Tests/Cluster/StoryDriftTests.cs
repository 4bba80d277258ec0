using System.Text.Json.Nodes;

namespace Fabric.Tests.Cluster;

[Collection(ClusterCollection.Name)]
public sealed class StoryDriftTests(ApiServerFixture cluster)
{
    [Fact]
    public async Task A_field_edited_with_kubectl_is_put_back_shown_as_drifted_told_in_the_journal_and_then_no_longer_drifted()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var story = await ClusterStory.ReadyAsync(cluster, "edited", ct);
        await story.EntityAsync(web => !(bool)web["drifted"]!, "web not drifted before anybody edits");

        // Its pods are not ready, so that the repair takes its time and the flag can be seen.
        cluster.Kubelet.Hold(story.Namespace, "web-front");
        await story.EntityAsync(web => (string?)web["state"] == "Degraded", "web Degraded");
        await story.KubectlAsync("set env deployment/web-front SETTING=edited");
        var drifted = await story.EntityAsync(web => (bool)web["drifted"]!, "web drifted");
        Assert.StartsWith("fabric-edited-", story.Namespace, StringComparison.Ordinal);
        cluster.Kubelet.Release(story.Namespace, "web-front");
        await story.FieldBecomesAsync("deployment/web-front", "{.spec.template.spec.containers[0].env[0].value}", "first");
        await story.EntityAsync(web => !(bool)web["drifted"]! && (string?)web["state"] == "Ready", "web Ready and drifted no longer");

        var lines = (await story.Server.GetAsync($"/api/v1/environments/{story.Id}/events?limit=500"))["items"]!.AsArray();
        var told = lines.First(line => (string?)line!["kind"] == "DriftRepaired")!;
        Assert.Equal("web", (string?)told["node"]);
        Assert.Contains("Deployment/web-front: spec.template.spec.containers[0].env[0].value", (string?)told["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_health_rule_of_the_type_holds_the_run_until_it_is_met_and_degrades_the_entity_when_it_no_longer_is()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var story = await ClusterStory.ReadyAsync(cluster, "ruled", ct);
        var run = await story.ChangeAsync(new JsonObject { ["ready"] = "yes" });
        await story.StepAsync(run, step => step["message"]?.ToString().Contains("metadata.annotations.ready is '', not 'yes'", StringComparison.Ordinal) is true, "web waiting for its rule");
        await story.KubectlAsync("annotate configmap/web-settings ready=yes");
        await story.EndsAsync(run);
        await story.KubectlAsync("annotate configmap/web-settings ready-");
        await story.EntityAsync(web => (string?)web["state"] == "Degraded" && (string?)web["reason"] == "Unhealthy", "web Degraded");
        await story.KubectlAsync("annotate configmap/web-settings ready=yes");
        await story.EntityAsync(web => (string?)web["state"] == "Ready", "web Ready again");
    }

    [Fact]
    public async Task A_change_that_the_api_server_rejects_fails_its_step_with_kubernetes_own_words()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var story = await ClusterStory.ReadyAsync(cluster, "rejected", ct);
        var run = await story.EndsAsync(await story.ChangeAsync(new JsonObject { ["port"] = 70000 }), "Failed");
        var step = ClusterStory.WebOf(run);
        Assert.Equal("Failed", (string?)step["state"]);
        Assert.Equal("ApplyRejected", (string?)step["reason"]);
        Assert.Contains("spec.ports[0].port: Invalid value: 70000: must be between 1 and 65535", (string?)step["message"], StringComparison.Ordinal);

        await story.EndsAsync(await story.ChangeAsync(new JsonObject { ["port"] = 8080 }));
        Assert.Equal("8080", await story.FieldAsync("service/web", "{.spec.ports[0].port}"));
    }
}
