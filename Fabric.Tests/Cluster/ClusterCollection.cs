namespace Fabric.Tests.Cluster;

/// <summary>Tests on the shared cluster run one after the other: it is one machine.</summary>
[CollectionDefinition(Name)]
public sealed class ClusterCollection
{
    public const string Name = "Cluster";
}
