using System.Text.Json.Nodes;
using Fabric.Workflows.Configuration;

namespace Fabric.Workflows.Executors.Sandbox;

/// <summary>What the simulated cloud is told to do wrong, and what it says was done to it.</summary>
public static class SandboxFaults
{
    /// <summary>Makes the next applications of a node go wrong.</summary>
    public static Task InjectAsync(this SandboxWorld world, Guid environmentId, string node, SandboxFault fault) => world.DoAsync(w =>
    {
        w.Execute(
            "INSERT OR REPLACE INTO faults (environment, node, kind, times, delay) VALUES (?1, ?2, ?3, ?4, ?5)",
            environmentId.ToString("N"), node, fault.Kind.ToString(), fault.Times, fault.Delay.Ticks);
        return true;
    });

    /// <summary>Changes what stands behind the control plane's back; false when the node does not stand.</summary>
    public static Task<bool> TamperAsync(this SandboxWorld world, Guid environmentId, string node, JsonObject mergePatch) => world.DoAsync(w =>
    {
        var environment = environmentId.ToString("N");
        if (w.First("SELECT config FROM resources WHERE environment = ?1 AND node = ?2", environment, node)?[0] is not string text)
            return false;
        var changed = MergePatch.Apply(JsonNode.Parse(text)!.AsObject(), mergePatch);
        w.Execute("UPDATE resources SET config = ?3 WHERE environment = ?1 AND node = ?2", environment, node, changed.ToJsonString());
        return true;
    });

    /// <summary>How often each step was applied: operation key and count, repeated applications included.</summary>
    public static Task<IReadOnlyDictionary<string, int>> ApplicationsAsync(this SandboxWorld world, Guid environmentId) => world.DoAsync(w =>
        (IReadOnlyDictionary<string, int>)w.All("SELECT key, COUNT(*) FROM applications WHERE environment = ?1 GROUP BY key", environmentId.ToString("N"))
            .ToDictionary(row => (string)row[0]!, row => (int)(long)row[1]!));

    /// <summary>What stands: node and configuration.</summary>
    public static Task<IReadOnlyDictionary<string, string>> ResourcesAsync(this SandboxWorld world, Guid environmentId) => world.DoAsync(w =>
        (IReadOnlyDictionary<string, string>)w.All("SELECT node, config FROM resources WHERE environment = ?1", environmentId.ToString("N"))
            .ToDictionary(row => (string)row[0]!, row => (string)row[1]!));

    /// <summary>Takes one use of a node's fault inside the current commit.</summary>
    internal static SandboxFault? Use(SandboxWorld w, string environment, string node)
    {
        if (w.First("SELECT kind, times, delay FROM faults WHERE environment = ?1 AND node = ?2 AND times > 0", environment, node) is not { } row)
            return null;
        w.Execute("UPDATE faults SET times = times - 1 WHERE environment = ?1 AND node = ?2", environment, node);
        return new SandboxFault(Enum.Parse<SandboxFaultKind>((string)row[0]!), (int)(long)row[1]!, TimeSpan.FromTicks((long)row[2]!));
    }
}
