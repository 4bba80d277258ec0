using Fabric.Agent;
using Fabric.Agent.Connection;
using Fabric.Protocol;
using Microsoft.Extensions.Time.Testing;

namespace Fabric.Tests.Agent;

public sealed class AgentConfigTests
{
    [Fact]
    public void Every_fault_is_named_at_once_with_its_key()
    {
        var (config, faults) = Read(new() { ["FABRIC_URL"] = "http://fabric.example", ["FABRIC_SCOPE"] = "world", ["FABRIC_RESYNC"] = "0", ["FABRIC_KUBECONFIG"] = "/nowhere" });
        Assert.Null(config);
        foreach (var key in new[] { "FABRIC_URL", "FABRIC_SCOPE", "FABRIC_RESYNC", "FABRIC_KUBECONFIG" })
            Assert.Contains(faults, f => f.StartsWith(key + ":", StringComparison.Ordinal));
        Assert.Equal(4, faults.Count);
    }

    [Fact]
    public void A_file_gives_what_the_environment_does_not()
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, """{"FABRIC_URL":"https://file.example","FABRIC_NAMESPACE":"from-file","FABRIC_HOLD":20}""");
        var (config, _) = Read(new() { ["FABRIC_CONFIG"] = path, ["FABRIC_URL"] = "https://environment.example" });
        File.Delete(path);
        Assert.Equal("environment.example", config!.Url.Host);
        Assert.Equal("from-file", config.Namespace);
        Assert.Equal(TimeSpan.FromSeconds(20), config.Timeouts.Hold);
    }

    [Theory]
    [InlineData(50, 10, 15)]
    [InlineData(1, 1, 2)]
    [InlineData(50, 3600, 300)]
    public void The_inequalities_of_the_time_outs_hold_at_the_ends_of_every_range(int hold, int resync, int lease) =>
        Assert.Null(new AgentTimeouts(TimeSpan.FromSeconds(hold), TimeSpan.FromSeconds(resync), TimeSpan.FromSeconds(lease)).Fault());

    [Fact]
    public void Retries_grow_stay_bounded_and_start_anew_after_a_success()
    {
        var timeouts = new AgentTimeouts(TimeSpan.FromSeconds(50), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(15));
        var retry = new Retry(timeouts, new FakeTimeProvider());
        for (var i = 0; i < 30; i++) Assert.InRange(retry.Next(null), TimeSpan.Zero, timeouts.LongestRetry);
        retry.Succeeded();
        Assert.InRange(retry.Next(null), TimeSpan.Zero, timeouts.FirstRetry);
        var revoked = new AgentProblem { Title = "", Status = 401, Code = AgentErrorCodes.AgentRevoked };
        Assert.InRange(retry.Next(revoked), timeouts.SlowRetry / 2, timeouts.SlowRetry);
        var busy = new AgentProblem { Title = "", Status = 503, Code = AgentErrorCodes.Busy, RetryAfterSeconds = 90 };
        Assert.Equal(TimeSpan.FromSeconds(90), retry.Next(busy));
    }

    private static (AgentConfig? Config, IReadOnlyList<string> Faults) Read(Dictionary<string, string> values) =>
        AgentConfigReader.Read(values.GetValueOrDefault);
}
