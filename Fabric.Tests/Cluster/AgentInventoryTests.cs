using System.Text.Json.Nodes;
using Fabric.Protocol.Intents;
using Fabric.Protocol.Reports;

namespace Fabric.Tests.Cluster;

/// <summary>The inventory is in a status that others may be able to write: it proves nothing.</summary>
[Collection(ClusterCollection.Name)]
public sealed class AgentInventoryTests(ApiServerFixture cluster)
{
    [Fact]
    public async Task Claims_that_a_forged_inventory_names_are_left_alone_and_the_entitys_own_go()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var scenario = await AgentScenario.StartAsync(cluster, ct);
        var entity = Guid.CreateVersion7();
        var objects = Objects.StatefulSet("server", 1);
        var applied = scenario.Apply(entity, 1, objects);
        await scenario.ReportedAsync(entity, 1, ReportStatus.Healthy, ct);
        await ClaimAsync(scenario.Namespace, "theirs", ct);
        await ClaimAsync("default", "data-server-0", ct);
        await ForgeAsync(scenario, applied, [(scenario.Namespace, "theirs"), ("default", "data-server-0")], ct);

        Assert.Equal("", await cluster.KubectlAsync($"get persistentvolumeclaim theirs -n {scenario.Namespace} -o jsonpath={{.metadata.deletionTimestamp}}", ct));

        scenario.Server.Send(scenario.Intent(entity, 2, IntentKind.Remove, objects));
        await scenario.ReportedAsync(entity, 2, ReportStatus.Removed, ct);
        Assert.Equal("persistentvolumeclaim/theirs\n", await cluster.KubectlAsync($"get persistentvolumeclaims -n {scenario.Namespace} -o name", ct));
        Assert.Equal("", await cluster.KubectlAsync("get persistentvolumeclaim data-server-0 -n default -o jsonpath={.metadata.deletionTimestamp}", ct));
        await cluster.KubectlAsync("delete persistentvolumeclaim data-server-0 -n default", ct);
    }

    private Task<string> ClaimAsync(string ns, string name, CancellationToken ct) => cluster.KubectlAsync("apply -f -", ct, $$"""
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: { name: {{name}}, namespace: {{ns}} }
        spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }
        """);

    /// <summary>Adds claims, marked as made by a StatefulSet of the entity, to what the Intent's status says it has, and waits until the agent has dealt with them.</summary>
    private async Task ForgeAsync(AgentScenario scenario, IntentPayload payload, (string Namespace, string Name)[] claims, CancellationToken ct)
    {
        var path = $"/apis/fabric.io/v1alpha1/namespaces/{scenario.AgentNamespace}/intents/{payload.Node}-{payload.EntityId.ToString("N")[20..]}";
        var inventory = (await cluster.Kube.GetAsync(path, ct))!["status"]!["inventory"]!.DeepClone().AsArray();
        foreach (var (ns, name) in claims)
            inventory.Add(new JsonObject { ["apiVersion"] = "v1", ["kind"] = "PersistentVolumeClaim", ["namespace"] = ns, ["name"] = name, ["wave"] = int.MinValue });
        await cluster.Kube.MergeAsync(path + "/status", new JsonObject { ["status"] = new JsonObject { ["inventory"] = inventory } }, ct);
        await Eventually.BecomesAsync("the inventory is the agent's again", async () => (await cluster.Kube.GetAsync(path, ct))!["status"]!["inventory"]!.AsArray().Count,
            count => count == 1, ct, 180, () => scenario.Agent.Output);
    }
}
