using Fabric.Protocol.Enrolment;

namespace Fabric.Protocol.Manifest;

/// <summary>What the one file that a customer applies is made of.</summary>
public sealed record AgentManifestOptions
{
    /// <summary>Address of the control plane as seen from the cluster.</summary>
    public required Uri ServerUrl { get; init; }

    /// <summary>The one-time token.</summary>
    public required string Token { get; init; }

    /// <summary>Where the agent lives.</summary>
    public string Namespace { get; init; } = "fabric-agent";

    public AgentScope Scope { get; init; } = AgentScope.Cluster;

    /// <summary>Namespaced form: the namespaces of the environments; the manifest makes them.</summary>
    public IReadOnlyList<string> EnvironmentNamespaces { get; init; } = [];

    /// <summary>The agent's image.</summary>
    public required string Image { get; init; }

    /// <summary>PEM of the authorities that the control plane's certificate comes from; null when the agent's system knows them.</summary>
    public string? Authorities { get; init; }

    /// <summary>Name of the cluster for people.</summary>
    public string ClusterName { get; init; } = "cluster";
}
