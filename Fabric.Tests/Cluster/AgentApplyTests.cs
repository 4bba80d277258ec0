using Fabric.Protocol.Intents;
using Fabric.Protocol.Reports;

namespace Fabric.Tests.Cluster;

[Collection(ClusterCollection.Name)]
public sealed class AgentApplyTests(ApiServerFixture cluster)
{
    [Fact]
    public async Task Four_waves_are_applied_in_order_and_become_healthy()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var scenario = await AgentScenario.StartAsync(cluster, ct);
        var entity = Guid.CreateVersion7();
        cluster.Kubelet.Hold(scenario.Namespace, "broker");
        scenario.Apply(entity, 1, Objects.StatefulSet("minion", 1, 3), Objects.StatefulSet("server", 2, 2),
            Objects.Deployment("broker", 1, 1), Objects.StatefulSet("controller", 1), Objects.Service("controller"));

        var waiting = await scenario.ReportedAsync("the second wave waits for its pod", r => r.EntityId == entity && r.WavesDone == 1
            && r.Objects.Any(o => o.Name == "broker" && o.Health == ObjectHealth.Progressing), ct);
        Assert.Equal(4, waiting.WavesTotal);
        Assert.Equal(ReportStatus.Applying, waiting.Status);
        Assert.Equal("", await scenario.FieldAsync("statefulset/server", "{.metadata.name}", ct));

        cluster.Kubelet.Release(scenario.Namespace, "broker");
        var healthy = await scenario.ReportedAsync(entity, 1, ReportStatus.Healthy, ct);
        Assert.Equal(4, healthy.WavesDone);
        Assert.Equal(5, healthy.Objects.Count);
        Assert.Equal("2", await scenario.FieldAsync("statefulset/server", "{.status.readyReplicas}", ct));
    }

    [Fact]
    public async Task A_new_generation_scales_from_three_to_five()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var scenario = await AgentScenario.StartAsync(cluster, ct);
        var entity = Guid.CreateVersion7();
        scenario.Apply(entity, 1, Objects.StatefulSet("server", 3));
        await scenario.ReportedAsync(entity, 1, ReportStatus.Healthy, ct);
        scenario.Apply(entity, 2, Objects.StatefulSet("server", 5));
        await scenario.ReportedAsync(entity, 2, ReportStatus.Healthy, ct);
        Assert.Equal("5", await scenario.FieldAsync("statefulset/server", "{.status.readyReplicas}", ct));
    }

    [Fact]
    public async Task An_object_dropped_from_the_manifest_is_pruned_after_the_rest_is_healthy()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var scenario = await AgentScenario.StartAsync(cluster, ct);
        var entity = Guid.CreateVersion7();
        scenario.Apply(entity, 1, Objects.ConfigMap("keep", "a"), Objects.ConfigMap("drop", "a"));
        await scenario.ReportedAsync(entity, 1, ReportStatus.Healthy, ct);
        scenario.Apply(entity, 2, Objects.ConfigMap("keep", "b"));
        await scenario.ReportedAsync(entity, 2, ReportStatus.Healthy, ct);
        Assert.Equal("", await scenario.FieldAsync("configmap/drop", "{.metadata.name}", ct));
        Assert.Equal("b", await scenario.FieldAsync("configmap/keep", "{.data.value}", ct));
    }

    [Fact]
    public async Task A_sealed_secret_is_clear_in_the_Secret_and_nowhere_else()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var scenario = await AgentScenario.StartAsync(cluster, ct);
        var entity = Guid.CreateVersion7();
        scenario.Server.Send(scenario.Intent(entity, 1, IntentKind.Apply, Objects.Secret("login", "${secret.db}!")), ("db", "hunter2"));
        await scenario.ReportedAsync(entity, 1, ReportStatus.Healthy, ct);
        var data = await scenario.FieldAsync("secret/login", "{.data.password}", ct);
        Assert.Equal("hunter2!", System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(data)));
        Assert.DoesNotContain("hunter2", await cluster.KubectlAsync($"get intents -n {scenario.AgentNamespace} -o yaml", ct), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", scenario.Agent.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_manifest_that_the_API_server_rejects_fails_with_its_own_message()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var scenario = await AgentScenario.StartAsync(cluster, ct);
        var entity = Guid.CreateVersion7();
        scenario.Apply(entity, 1, Objects.Deployment("broken", 1).Replace("\"image\":\"none\"", "\"image\":\"none\",\"imagePullPolicy\":\"Sometimes\"", StringComparison.Ordinal));
        var failed = await scenario.ReportedAsync(entity, 1, ReportStatus.Failed, ct);
        Assert.Equal(ReportReasons.ApplyRejected, failed.Reason);
        Assert.Contains("Deployment.apps \"broken\" is invalid", failed.Message, StringComparison.Ordinal);
        Assert.Contains("Unsupported value: \"Sometimes\"", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_kind_fails_unless_it_is_optional()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var scenario = await AgentScenario.StartAsync(cluster, ct);
        const string Monitor = """{"apiVersion":"monitoring.coreos.com/v1","kind":"ServiceMonitor","metadata":{"name":"m","annotations":{"fabric.io/optional-kind":"OPT"}},"spec":{}}""";
        var (strict, lenient) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        scenario.Apply(strict, 1, Monitor);
        scenario.Apply(lenient, 1, Monitor.Replace("OPT", "true", StringComparison.Ordinal));
        Assert.Equal(ReportReasons.MissingKind, (await scenario.ReportedAsync(strict, 1, ReportStatus.Failed, ct)).Reason);
        Assert.Equal(ObjectHealth.Skipped, (await scenario.ReportedAsync(lenient, 1, ReportStatus.Healthy, ct)).Objects.Single().Health);
    }
}
