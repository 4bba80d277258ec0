using System.Security.Cryptography;
using Fabric.Protocol.Crypto;
using Fabric.Protocol.Intents;
using Fabric.Protocol.Reports;

namespace Fabric.Tests.Cluster;

[Collection(ClusterCollection.Name)]
public sealed class AgentRefusalTests(ApiServerFixture cluster)
{
    [Fact]
    public async Task Intents_with_a_foreign_signature_or_for_another_agent_or_namespace_are_refused_and_reported()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var scenario = await AgentScenario.StartAsync(cluster, ct);
        var (forged, misled, strayed) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        using var foreignKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var payload = scenario.Intent(forged, 1, IntentKind.Apply, Objects.ConfigMap("forged", "x"));
        scenario.Server.SendAs(payload, SignedMessage.Sign(payload, foreignKey));
        var other = scenario.Intent(misled, 1, IntentKind.Apply, Objects.ConfigMap("misled", "x")) with { AgentId = Guid.CreateVersion7() };
        scenario.Server.SendAs(other, scenario.Server.Sign(other));
        scenario.Apply(strayed, 1, Objects.ConfigMap("strayed", "x").Replace("\"metadata\":{", "\"metadata\":{\"namespace\":\"default\",", StringComparison.Ordinal));

        Assert.Equal(ReportReasons.InvalidSignature, (await scenario.ReportedAsync(forged, 1, ReportStatus.Refused, ct)).Reason);
        Assert.Equal(ReportReasons.WrongAgent, (await scenario.ReportedAsync(misled, 1, ReportStatus.Refused, ct)).Reason);
        Assert.Equal(ReportReasons.ForeignNamespace, (await scenario.ReportedAsync(strayed, 1, ReportStatus.Refused, ct)).Reason);
        Assert.Equal("", await cluster.KubectlAsync($"get configmap/forged configmap/misled configmap/strayed -n {scenario.Namespace} --ignore-not-found -o name", ct));
    }

    [Fact]
    public async Task An_intent_written_by_hand_is_refused_and_reported()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var scenario = await AgentScenario.StartAsync(cluster, ct);
        await cluster.KubectlAsync("apply -f -", ct, $$"""
            apiVersion: fabric.io/v1alpha1
            kind: Intent
            metadata: { name: by-hand, namespace: {{scenario.AgentNamespace}} }
            spec: { node: pinot, generation: 1, kind: apply }
            """);
        var report = await scenario.ReportedAsync("the hand-written Intent is refused", r => r.Reason == ReportReasons.HandWritten, ct);
        Assert.Equal(ReportStatus.Refused, report.Status);
        Assert.Contains("by-hand", report.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_copy_and_a_tampered_object_are_refused_and_the_true_one_heals_by_a_full_sync()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var scenario = await AgentScenario.StartAsync(cluster, ct);
        var entity = Guid.CreateVersion7();
        var payload = scenario.Apply(entity, 1, Objects.ConfigMap("settings", "one"));
        await scenario.ReportedAsync(entity, 1, ReportStatus.Healthy, ct);
        var name = $"{payload.Node}-{entity.ToString("N")[20..]}";
        var path = $"/apis/fabric.io/v1alpha1/namespaces/{scenario.AgentNamespace}/intents";
        var copy = (await cluster.Kube.GetAsync($"{path}/{name}", ct))!;
        var jws = (string)copy["spec"]!["jws"]!;
        copy["metadata"] = new System.Text.Json.Nodes.JsonObject { ["name"] = "copy", ["namespace"] = scenario.AgentNamespace };
        Assert.Equal(201, (await cluster.Kube.SendAsync(HttpMethod.Post, path, copy, ct)).Status);
        await scenario.ReportedAsync("the copy is refused", r => r.Reason == ReportReasons.HandWritten && r.EntityId == Guid.Empty, ct);
        Assert.Equal(ReportStatus.Healthy, scenario.Server.Latest(entity)!.Status);
        await cluster.KubectlAsync($"delete intent/copy -n {scenario.AgentNamespace}", ct);

        var broken = new System.Text.Json.Nodes.JsonObject { ["spec"] = new System.Text.Json.Nodes.JsonObject { ["jws"] = jws[..^8] + "AAAAAAAA" } };
        await cluster.Kube.MergeAsync($"{path}/{name}", broken, ct);
        await Eventually.BecomesAsync("the tampered Intent carries its true signature again",
            async () => (string?)(await cluster.Kube.GetAsync($"{path}/{name}", ct))?["spec"]?["jws"], s => s == jws, ct, 180, () => scenario.Agent.Output);
        Assert.Equal("one", await scenario.FieldAsync("configmap/settings", "{.data.value}", ct));
    }

    [Fact]
    public async Task A_stale_generation_put_back_by_hand_is_refused()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var scenario = await AgentScenario.StartAsync(cluster, ct);
        var entity = Guid.CreateVersion7();
        var first = scenario.Apply(entity, 1, Objects.ConfigMap("settings", "one"));
        await scenario.ReportedAsync(entity, 1, ReportStatus.Healthy, ct);
        var path = $"/apis/fabric.io/v1alpha1/namespaces/{scenario.AgentNamespace}/intents/{first.Node}-{entity.ToString("N")[20..]}";
        var old = (await cluster.Kube.GetAsync(path, ct))!["spec"]!.DeepClone();
        scenario.Apply(entity, 2, Objects.ConfigMap("settings", "two"));
        await scenario.ReportedAsync(entity, 2, ReportStatus.Healthy, ct);

        // With the server there a full sync would heal it at once; the reconciler must not need that.
        await scenario.Server.StopAsync();
        await cluster.Kube.MergeAsync(path, new System.Text.Json.Nodes.JsonObject { ["spec"] = old }, ct);
        await Eventually.BecomesAsync("the agent refuses the old generation on its own", () => Task.FromResult(scenario.Agent.Output),
            o => o.Contains("refused: StaleGeneration", StringComparison.Ordinal), ct);
        await scenario.Server.StartAsync();
        await scenario.ReportedAsync("the old generation is refused", r => r.Reason == ReportReasons.StaleGeneration && r.EntityId == entity, ct);
        Assert.Equal("two", await scenario.FieldAsync("configmap/settings", "{.data.value}", ct));
    }

    [Fact]
    public async Task A_cancelled_generation_starts_no_further_wave()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var scenario = await AgentScenario.StartAsync(cluster, ct);
        var entity = Guid.CreateVersion7();
        cluster.Kubelet.Hold(scenario.Namespace, "first");
        var payload = scenario.Apply(entity, 1, Objects.Deployment("first", 1), Objects.ConfigMap("second", "x", 1));
        await scenario.ReportedAsync(entity, 1, ReportStatus.Applying, ct);
        scenario.Server.Cancel(payload);
        Assert.Equal(ReportReasons.Cancelled, (await scenario.ReportedAsync(entity, 1, ReportStatus.Failed, ct)).Reason);
        cluster.Kubelet.Release(scenario.Namespace, "first");
        await Eventually.BecomesAsync("the first wave is available", () => scenario.FieldAsync("deployment/first", "{.status.availableReplicas}", ct), v => v == "1", ct);
        Assert.Equal("", await scenario.FieldAsync("configmap/second", "{.metadata.name}", ct));
    }
}
