using System.Text.Json.Nodes;

namespace Fabric.Tests.Cluster;

/// <summary>The main job with nothing in between: the real server, the agent as its own process, a real API server.</summary>
[Collection(ClusterCollection.Name)]
public sealed class WholeStoryTests(ApiServerFixture cluster)
{
    private static readonly string[] InOrder = ["pinot-controller", "pinot-broker", "pinot-server", "pinot-minion"];

    [Fact]
    public async Task Pinot_on_a_cluster_comes_up_in_its_order_grows_from_three_servers_to_five_and_leaves_nothing_behind()
    {
        await cluster.NeedAsync(TestContext.Current.CancellationToken);
        foreach (var part in InOrder) cluster.Kubelet.Hold(ClusterStory.Of("story"), part);
        var (story, run) = await PinotStory.StartAsync(cluster, "story", namespaced: false, TestContext.Current.CancellationToken);
        await using var end = story;
        await ComesUpInOrderAsync(story);
        await story.EndsAsync(run);
        Assert.Equal("3", await story.KubectlAsync("get statefulset pinot-server -o jsonpath={.spec.replicas}"));

        var changed = (await story.Server.SendAsync(HttpMethod.Patch, $"/api/v1/environments/{story.Id}/parameters", new JsonObject { ["servers"] = 5 }))["run"]!.ToString();
        await story.ApproveAsync(changed);
        await story.EndsAsync(changed);
        Assert.Equal("5", await story.KubectlAsync("get statefulset pinot-server -o jsonpath={.status.readyReplicas}"));

        await story.DestroyAsync();
        Assert.Empty(await story.KubectlAsync("get statefulsets,deployments,services,configmaps,secrets,persistentvolumeclaims --ignore-not-found -o name"));
    }

    [Fact]
    public async Task With_the_namespaced_manifest_and_no_right_beyond_it_Pinot_becomes_ready_and_only_the_namespace_stays_at_the_end()
    {
        var ct = TestContext.Current.CancellationToken;
        var (story, run) = await PinotStory.StartAsync(cluster, "inside", namespaced: true, ct);
        await using var end = story;
        await story.EndsAsync(run);
        Assert.Equal("Ready", (string?)(await story.Server.GetAsync($"/api/v1/environments/{story.Id}"))["state"]);

        var destroy = await story.DestroyAsync();
        Assert.Equal("Active", await cluster.KubectlAsync($"get namespace {story.Namespace} -o jsonpath={{.status.phase}}", ct));
        Assert.DoesNotContain("fabric.io/entity", await cluster.KubectlAsync($"get namespace {story.Namespace} -o jsonpath={{.metadata.labels}}", ct), StringComparison.Ordinal);
        Assert.Empty(await story.KubectlAsync("get statefulsets,deployments,services,persistentvolumeclaims,resourcequotas --ignore-not-found -o name"));
        var steps = (await story.Server.GetAsync($"/api/v1/runs/{destroy}"))["steps"]!.AsArray();
        Assert.Contains("is left, empty: this agent may not delete it", steps.Single(step => (string?)step!["node"] == "namespace")!["message"]!.ToString(), StringComparison.Ordinal);
    }

    /// <summary>Each part is there and waited for before the next one is begun.</summary>
    private async Task ComesUpInOrderAsync(PinotStory story)
    {
        for (var i = 0; i < InOrder.Length; i++)
        {
            await story.PinotSaysAsync($"StatefulSet/{InOrder[i]}:");
            var begun = await story.KubectlAsync("get statefulsets -l app.kubernetes.io/name=pinot -o jsonpath={.items[*].metadata.name}");
            Assert.Equal(InOrder[..(i + 1)].Order(StringComparer.Ordinal), begun.Split(' ').Order(StringComparer.Ordinal));
            cluster.Kubelet.Release(story.Namespace, InOrder[i]);
        }
    }
}
