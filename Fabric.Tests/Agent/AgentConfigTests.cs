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

    [Theory]
    [InlineData(null, "FABRIC_URL: must be the address of the control plane, such as https://fabric.example.com.")]
    [InlineData("fabric.example", "FABRIC_URL: 'fabric.example' is no address; write it like https://fabric.example.com.")]
    [InlineData("ftp://fabric.example", "FABRIC_URL: 'ftp://fabric.example' is no address; write it like https://fabric.example.com.")]
    [InlineData("http://fabric.example", "FABRIC_URL: 'http://fabric.example' must be https: agents send what they know of a cluster over it (http is for loopback only).")]
    [InlineData("https://me:secret@fabric.example", "FABRIC_URL: 'https://fabric.example' carries a user name or password; agents prove themselves with their own key. Leave it away.")]
    [InlineData("https://fabric.example/base", "FABRIC_URL: 'https://fabric.example/base' has a path; agents dial /agent/v1/sync at the root of the host. Write https://fabric.example.")]
    public void An_address_that_cannot_be_dialled_is_explained(string? url, string sentence)
    {
        var values = new Dictionary<string, string>();
        if (url is not null) values["FABRIC_URL"] = url;
        Assert.Equal([sentence], Read(values).Faults);
    }

    [Fact]
    public void A_file_of_authorities_that_holds_none_is_explained()
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, "hello");
        var (_, empty) = Read(new() { ["FABRIC_URL"] = "https://fabric.example", ["FABRIC_CA"] = path });
        File.Delete(path);
        var (_, missing) = Read(new() { ["FABRIC_URL"] = "https://fabric.example", ["FABRIC_CA"] = path });
        Assert.StartsWith($"FABRIC_CA: {path} holds no certificate;", Assert.Single(empty), StringComparison.Ordinal);
        Assert.StartsWith($"FABRIC_CA: the file {path} cannot be read:", Assert.Single(missing), StringComparison.Ordinal);
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
