using Fabric.Protocol.Reports;

namespace Fabric.Tests.Cluster;

[Collection(ClusterCollection.Name)]
public sealed class AgentDriftTests(ApiServerFixture cluster)
{
    [Fact]
    public async Task A_field_edited_by_kubectl_is_repaired_and_reported_as_drift()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var scenario = await AgentScenario.StartAsync(cluster, ct);
        var entity = Guid.CreateVersion7();
        scenario.Apply(entity, 1, Objects.Deployment("web", 2), Objects.ConfigMap("settings", "ours"));
        await scenario.ReportedAsync(entity, 1, ReportStatus.Healthy, ct);

        await cluster.KubectlAsync($"scale deployment/web --replicas=1 -n {scenario.Namespace}", ct);
        var drift = await scenario.ReportedAsync("the scaled deployment is drift", r => r.EntityId == entity && r.Drift.Count > 0, ct);
        var repaired = Assert.Single(drift.Drift);
        Assert.Equal("Deployment/web", repaired.Object);
        Assert.Equal(["spec.replicas"], repaired.Fields);
        await scenario.ReportedAsync(entity, 1, ReportStatus.Healthy, ct);
        Assert.Equal("2", await scenario.FieldAsync("deployment/web", "{.spec.replicas}", ct));
    }

    [Fact]
    public async Task A_deleted_object_comes_back_and_is_reported_and_what_others_own_stays()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var scenario = await AgentScenario.StartAsync(cluster, ct);
        var entity = Guid.CreateVersion7();
        scenario.Apply(entity, 1, Objects.ConfigMap("settings", "ours"), Objects.Service("web"));
        await scenario.ReportedAsync(entity, 1, ReportStatus.Healthy, ct);

        await cluster.KubectlAsync($"annotate service/web example.com/theirs=yes -n {scenario.Namespace}", ct);
        await cluster.KubectlAsync($"delete configmap/settings -n {scenario.Namespace}", ct);
        var drift = await scenario.ReportedAsync("the deleted object is drift", r => r.EntityId == entity && r.Drift.Count > 0, ct);
        Assert.Equal("ConfigMap/settings", Assert.Single(drift.Drift).Object);
        Assert.Equal("ours", await scenario.FieldAsync("configmap/settings", "{.data.value}", ct));
        Assert.Contains("theirs", await scenario.FieldAsync("service/web", "{.metadata.annotations}", ct), StringComparison.Ordinal);
        Assert.DoesNotContain(scenario.Server.Reports, r => r.Drift.Any(d => d.Object == "Service/web"));
    }

    [Fact]
    public async Task A_pod_that_turns_unready_degrades_the_entity_until_it_is_back()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var scenario = await AgentScenario.StartAsync(cluster, ct);
        var entity = Guid.CreateVersion7();
        scenario.Apply(entity, 1, Objects.Deployment("web", 1));
        await scenario.ReportedAsync(entity, 1, ReportStatus.Healthy, ct);
        cluster.Kubelet.Hold(scenario.Namespace, "web");
        var degraded = await scenario.ReportedAsync(entity, 1, ReportStatus.Degraded, ct);
        Assert.Equal(ReportReasons.Unhealthy, degraded.Reason);
        Assert.Contains("0 of 1 replicas available", degraded.Message, StringComparison.Ordinal);
        cluster.Kubelet.Release(scenario.Namespace, "web");
        await scenario.ReportedAsync(entity, 1, ReportStatus.Healthy, ct);
    }
}
