namespace Fabric.Tests.Cluster;

/// <summary>The agent as its own process.</summary>
public static class AgentProgram
{
    /// <summary>A published agent to test instead of the build output.</summary>
    public static readonly string? Published = Environment.GetEnvironmentVariable("FABRIC_AGENT_PROGRAM");

    /// <summary>The agent's own build output: beside the tests it would be bound to the tests' assemblies.</summary>
    private static readonly string Built = Path.Combine(
        AppContext.BaseDirectory.Replace("Fabric.Tests", "Fabric.Agent", StringComparison.Ordinal), "Fabric.Agent.dll");

    public static ChildProcess Start(IReadOnlyDictionary<string, string> settings) =>
        new(Published ?? "dotnet", Published is null ? [Built] : [], settings);
}
