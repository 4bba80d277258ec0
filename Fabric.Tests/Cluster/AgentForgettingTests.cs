using Fabric.Protocol.Intents;
using Fabric.Protocol.Reports;

namespace Fabric.Tests.Cluster;

[Collection(ClusterCollection.Name)]
public sealed class AgentForgettingTests(ApiServerFixture cluster)
{
    [Fact]
    public async Task A_removal_that_the_server_mentions_no_more_is_reported_until_it_is_heard_and_its_Intent_goes()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var scenario = await AgentScenario.StartAsync(cluster, ct);
        var entity = Guid.CreateVersion7();
        scenario.Apply(entity, 1, Objects.ConfigMap("settings", "a"));
        await scenario.ReportedAsync(entity, 1, ReportStatus.Healthy, ct);
        scenario.Server.IsDeaf = true;
        scenario.Server.Send(scenario.Intent(entity, 2, IntentKind.Remove, Objects.ConfigMap("settings", "a")));
        await Eventually.BecomesAsync("the removal is done", () => StatusAsync(scenario, ct), health => health == "removed", ct, 180, () => scenario.Agent.Output);

        // As after a server that stored the report and whose answer was lost: it names the entity no more.
        scenario.Server.ForgetsEverything = true;
        var syncs = scenario.Server.Syncs;
        await Eventually.BecomesAsync("the agent has taken a sync that names nothing", () => Task.FromResult(scenario.Server.Syncs), n => n > syncs + 1, ct, 180, () => scenario.Agent.Output);
        scenario.Server.IsDeaf = false;
        await Eventually.BecomesAsync("the Intent object is gone", () => cluster.KubectlAsync($"get intents -n {scenario.AgentNamespace} -o name", ct),
            names => names.Length == 0, ct, 180, () => scenario.Agent.Output);
        Assert.Equal(ReportStatus.Removed, scenario.Server.Latest(entity)!.Status);
    }

    private Task<string> StatusAsync(AgentScenario scenario, CancellationToken ct) =>
        cluster.KubectlAsync($"get intents -n {scenario.AgentNamespace} -o jsonpath={{.items[*].status.health}}", ct);
}
