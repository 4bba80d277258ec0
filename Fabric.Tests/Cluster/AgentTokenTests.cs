using Fabric.Protocol;
using Fabric.Protocol.Reports;

namespace Fabric.Tests.Cluster;

/// <summary>A further token never takes an identity away.</summary>
[Collection(ClusterCollection.Name)]
public sealed class AgentTokenTests(ApiServerFixture cluster)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_agent_keeps_serving_its_cell_when_it_starts_with_a_token_of_another_cell_or_one_that_is_refused(bool known)
    {
        var ct = TestContext.Current.CancellationToken;
        await using var scenario = await AgentScenario.StartAsync(cluster, ct);
        var entity = Guid.CreateVersion7();
        scenario.Apply(entity, 1, Objects.ConfigMap("settings", "one"));
        await scenario.ReportedAsync(entity, 1, ReportStatus.Healthy, ct);

        await scenario.Agent.TerminateAsync(ct);
        (scenario.Server.Cell, scenario.Server.Token) = ("elsewhere", known ? "another" : scenario.Server.Token);
        scenario.StartAgent(token: "another");
        await Eventually.BecomesAsync("the token is handed in", () => Task.FromResult(scenario.Agent.Output),
            output => output.Contains(known ? "The token is of cell elsewhere" : $"with this token: {AgentErrorCodes.TokenInvalid}", StringComparison.Ordinal), ct, 180, () => scenario.Agent.Output);
        scenario.Apply(entity, 2, Objects.ConfigMap("settings", "two"));
        await scenario.ReportedAsync(entity, 2, ReportStatus.Healthy, ct);
    }
}
