using Fabric.Agent.Kubernetes;
using Fabric.Protocol.Enrolment;
using Fabric.Protocol.Reports;

namespace Fabric.Agent.Connection;

/// <summary>What the agent knows about itself and its cluster; read once at start.</summary>
internal sealed record AgentFacts(string ClusterUid, string ClusterName, string KubernetesVersion, AgentScope Scope, DateTimeOffset StartedAt)
{
    public static string AgentVersion { get; } = typeof(AgentFacts).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    public static async Task<AgentFacts> ReadAsync(ICluster cluster, AgentConfig config, DateTimeOffset now, CancellationToken ct)
    {
        var whose = config.Scope == AgentScope.Cluster ? "kube-system" : config.Namespace;
        var ns = await cluster.GetAsync(new ObjectKey("v1", "Namespace", null, whose), ct);
        var uid = ns.Body?["metadata"]?["uid"]?.GetValue<string>()
            ?? throw new InvalidOperationException($"The namespace {whose} cannot be read: {ns.Message}");
        return new(uid, config.ClusterName, await cluster.VersionAsync(ct), config.Scope, now);
    }

    public Heartbeat Heartbeat(int intents, int queue) => new()
    {
        AgentVersion = AgentVersion,
        KubernetesVersion = KubernetesVersion,
        StartedAt = StartedAt,
        MemoryBytes = Environment.WorkingSet,
        Intents = intents,
        Queue = queue,
    };
}
