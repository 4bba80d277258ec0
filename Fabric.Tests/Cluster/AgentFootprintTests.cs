using System.Diagnostics;
using System.Globalization;
using Fabric.Protocol.Reports;

namespace Fabric.Tests.Cluster;

[Collection(ClusterCollection.Name)]
public sealed class AgentFootprintTests(ApiServerFixture cluster)
{
    /// <summary>Bytes; the native binary's goal, and what the same code takes on the shared runtime.</summary>
    private static long Limit => (AgentProgram.Published is null ? 160L : 48L) * 1024 * 1024;

    [Fact]
    public async Task An_agent_that_keeps_three_entities_is_small_and_back_in_sync_within_seconds_of_a_restart()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var scenario = await AgentScenario.StartAsync(cluster, ct);
        for (var i = 0; i < 3; i++)
        {
            var entity = Guid.CreateVersion7();
            scenario.Apply(entity, 1, Objects.Deployment("web-" + i, 1), Objects.Service("web-" + i), Objects.ConfigMap("settings-" + i, "a"));
            await scenario.ReportedAsync(entity, 1, ReportStatus.Healthy, ct);
        }

        await scenario.Agent.TerminateAsync(ct);
        Assert.Equal(0, scenario.Agent.ExitCode);
        var (syncs, watch) = (scenario.Server.Syncs, Stopwatch.StartNew());
        scenario.StartAgent();
        await Eventually.BecomesAsync("the restarted agent syncs", () => Task.FromResult(scenario.Server.Syncs), n => n > syncs, ct, 180, () => scenario.Agent.Output);
        var startup = watch.Elapsed;

        scenario.Server.Heartbeats.Clear();
        await Eventually.BecomesAsync("four heartbeats have come", () => Task.FromResult(scenario.Server.Heartbeats.Count), n => n >= 4, ct);
        var beat = scenario.Server.Heartbeats.Last();
        TestContext.Current.TestOutputHelper!.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"start to first sync {startup.TotalMilliseconds:F0} ms, memory {beat.MemoryBytes / 1024.0 / 1024.0:F1} MB, {beat.Intents} intents"));
        Assert.Equal(3, beat.Intents);
        Assert.InRange(beat.MemoryBytes, 1, Limit);
        if (AgentProgram.Published is { } program) Assert.InRange(new FileInfo(program).Length, 1, 25L * 1024 * 1024);
    }
}
