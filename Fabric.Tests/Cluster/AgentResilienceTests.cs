using Fabric.Protocol.Enrolment;
using Fabric.Protocol.Intents;
using Fabric.Protocol.Reports;

namespace Fabric.Tests.Cluster;

[Collection(ClusterCollection.Name)]
public sealed class AgentResilienceTests(ApiServerFixture cluster)
{
    [Fact]
    public async Task An_agent_killed_in_the_middle_goes_on_after_a_restart_without_enrolling_again()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var scenario = await AgentScenario.StartAsync(cluster, ct);
        var entity = Guid.CreateVersion7();
        cluster.Kubelet.Hold(scenario.Namespace, "first");
        scenario.Apply(entity, 1, Objects.Deployment("first", 1), Objects.Deployment("second", 1, 1));
        await scenario.ReportedAsync(entity, 1, ReportStatus.Applying, ct);
        await scenario.Agent.DisposeAsync();
        cluster.Kubelet.Release(scenario.Namespace, "first");
        scenario.StartAgent();
        var healthy = await scenario.ReportedAsync(entity, 1, ReportStatus.Healthy, ct);
        Assert.Equal(2, healthy.WavesDone);
        Assert.Equal(1, scenario.Server.Enrolments);
    }

    [Fact]
    public async Task The_cluster_is_kept_while_the_server_is_away_and_the_agent_reports_on_return()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var scenario = await AgentScenario.StartAsync(cluster, ct);
        var entity = Guid.CreateVersion7();
        scenario.Apply(entity, 1, Objects.ConfigMap("settings", "ours"));
        await scenario.ReportedAsync(entity, 1, ReportStatus.Healthy, ct);
        await scenario.Server.StopAsync();

        await cluster.KubectlAsync($"delete configmap/settings -n {scenario.Namespace}", ct);
        await Eventually.BecomesAsync("the deleted ConfigMap is back while the server is away",
            () => scenario.FieldAsync("configmap/settings", "{.data.value}", ct), v => v == "ours", ct, 180, () => scenario.Agent.Output);
        Assert.DoesNotContain(scenario.Server.Reports, r => r.Drift.Count > 0);
        scenario.Apply(entity, 2, Objects.ConfigMap("settings", "newer"));
        await scenario.Server.StartAsync();
        await scenario.ReportedAsync("the drift is reported on return", r => r.EntityId == entity && r.Drift.Any(d => d.Object == "ConfigMap/settings"), ct);
        await scenario.ReportedAsync(entity, 2, ReportStatus.Healthy, ct);
        Assert.Equal("newer", await scenario.FieldAsync("configmap/settings", "{.data.value}", ct));
    }

    [Fact]
    public async Task Removal_leaves_nothing_behind()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var scenario = await AgentScenario.StartAsync(cluster, ct);
        var entity = Guid.CreateVersion7();
        string[] objects = [Objects.StatefulSet("server", 2), Objects.Deployment("web", 1, 1), Objects.Service("web"), Objects.ConfigMap("settings", "a")];
        scenario.Apply(entity, 1, objects);
        await scenario.ReportedAsync(entity, 1, ReportStatus.Healthy, ct);
        scenario.Server.Send(scenario.Intent(entity, 2, IntentKind.Remove, objects));
        await scenario.ReportedAsync(entity, 2, ReportStatus.Removed, ct);
        var left = await cluster.KubectlAsync(
            $"get all,configmap,persistentvolumeclaim,secret -n {scenario.Namespace} -o name", ct);
        Assert.DoesNotContain(left.Split('\n', StringSplitOptions.RemoveEmptyEntries), n => !n.Contains("default-token", StringComparison.Ordinal) && !n.Contains("kube-root-ca", StringComparison.Ordinal));
        await Eventually.BecomesAsync("the Intent object is gone", () => cluster.KubectlAsync($"get intents -n {scenario.AgentNamespace} -o name", ct),
            names => names.Length == 0, ct, 180, () => scenario.Agent.Output);
    }

    [Fact]
    public async Task An_empty_full_sync_deletes_nothing_and_reports_unassigned()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var scenario = await AgentScenario.StartAsync(cluster, ct);
        var entity = Guid.CreateVersion7();
        scenario.Apply(entity, 1, Objects.ConfigMap("settings", "ours"));
        await scenario.ReportedAsync(entity, 1, ReportStatus.Healthy, ct);
        scenario.Server.ForgetsEverything = true;
        await scenario.ReportedAsync(entity, 1, ReportStatus.Unassigned, ct);
        Assert.Equal("ours", await scenario.FieldAsync("configmap/settings", "{.data.value}", ct));
        Assert.NotEqual("", await cluster.KubectlAsync($"get intents -n {scenario.AgentNamespace} -o name", ct));
        scenario.Server.ForgetsEverything = false;
        await scenario.ReportedAsync(entity, 1, ReportStatus.Healthy, ct);
    }

    [Fact]
    public async Task The_namespaced_form_works_with_rights_in_its_namespaces_only()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var scenario = await AgentScenario.StartAsync(cluster, ct, AgentScope.Namespaced);
        var (inside, outside) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        scenario.Apply(inside, 1, Objects.Deployment("web", 1), Objects.StatefulSet("server", 1), Objects.Service("web"), Objects.ConfigMap("settings", "a"));
        scenario.Apply(outside, 1, """{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"elsewhere"}}""");
        await scenario.ReportedAsync(inside, 1, ReportStatus.Healthy, ct);
        var refused = await scenario.ReportedAsync(outside, 1, ReportStatus.Failed, ct);
        Assert.Contains("namespaces \"elsewhere\" is forbidden", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_operation_patches_runs_its_job_and_waits_once()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var scenario = await AgentScenario.StartAsync(cluster, ct);
        var entity = Guid.CreateVersion7();
        scenario.Apply(entity, 1, Objects.Deployment("web", 1));
        await scenario.ReportedAsync(entity, 1, ReportStatus.Healthy, ct);
        var target = new ObjectRef { ApiVersion = "apps/v1", Kind = "Deployment" };
        scenario.Server.Send(scenario.Intent(entity, 2, IntentKind.Operation, Objects.Deployment("web", 1)) with
        {
            Operation = new()
            {
                Name = "restart",
                Steps =
                [
                    new() { Type = OperationStepType.Patch, Target = target, Patch = Json("""{"spec":{"template":{"metadata":{"annotations":{"restarted":"1"}}}}}""") },
                    new() { Type = OperationStepType.Job, Job = Json(Objects.Job("check")) },
                    new() { Type = OperationStepType.Wait },
                ],
            },
        });
        await scenario.ReportedAsync(entity, 2, ReportStatus.Healthy, ct);
        Assert.Equal("1", await scenario.FieldAsync("deployment/web", "{.spec.template.metadata.annotations.restarted}", ct));
        Assert.DoesNotContain(scenario.Server.Reports, r => r.Drift.Count > 0);
    }

    private static System.Text.Json.JsonElement Json(string text) => System.Text.Json.JsonDocument.Parse(text).RootElement;
}
