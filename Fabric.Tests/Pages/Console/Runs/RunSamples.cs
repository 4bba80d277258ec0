using Fabric.Web.Live;
using Fabric.Workflows.Runs;

namespace Fabric.Tests.Pages.Console.Runs;

/// <summary>A run of a network, a storage beside it and a cluster on both; the storage is slower, and fails once.</summary>
internal static class RunSamples
{
    public static RunView Ended(RunState state = RunState.Succeeded) => Samples.RunView(
        Samples.Run(state) with { StartedAt = Samples.Now, EndedAt = Samples.Now.AddSeconds(40), StepsDone = 2 },
        [Step("network", 0, 0, 4), Step("storage", 1, 0, 25) with { Attempt = 2 }, Step("cluster", 2, 25, 40, "network", "storage")]) with
    {
        Nodes = [Samples.Node("network", "Network"), Samples.Node("storage", "Storage"), Samples.Node("cluster", "Cluster") with { DependsOn = ["network", "storage"] }],
        Place = new RunPlace(Samples.Environment(), "pinot", [Samples.Entity("network") with { Outputs = new() { ["networkId"] = "net-1" }, DeployedGeneration = 1 }]),
    };

    public static IReadOnlyList<RunEvent> Events { get; } = [.. new[]
    {
        Event("network", "StepStarted", 1), Event("network", "StepSucceeded", 4), Event("storage", "StepStarted", 1), Event("storage", "StepRetry", 5), Event("storage", "StepStarted", 10, 2),
        Event("storage", "StepSucceeded", 25, 2), Event("cluster", "StepStarted", 26), Event("cluster", "StepVerifying", 35), Event("cluster", "StepSucceeded", 40), Event(null, "RunSucceeded", 40, 0),
    }.OrderBy(line => line.At).Select((line, i) => line with { Sequence = i + 1 })];

    public static RunEvent Event(string? node, string kind, int seconds, int attempt = 1) => new()
    {
        Sequence = 1000 + seconds, Tenant = "sample", EnvironmentId = Samples.EnvironmentId, RunId = Samples.RunId, Node = node, At = Samples.Now.AddSeconds(seconds),
        Kind = kind, Attempt = attempt, Message = $"{node ?? "run"} says {kind}", Actor = "Fabric",
    };

    private static Step Step(string node, int order, int from, int to, params string[] after) => Samples.Step(node, StepState.Succeeded, order: order) with
    {
        Attempt = 1, DependsOn = after, StartedAt = Samples.Now.AddSeconds(from), EndedAt = Samples.Now.AddSeconds(to),
    };
}
