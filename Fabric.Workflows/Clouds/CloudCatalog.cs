namespace Fabric.Workflows.Clouds;

/// <summary>The clouds that accounts can be connected of.</summary>
public sealed class CloudCatalog(IEnumerable<ICloud> clouds)
{
    /// <summary>All of them, in the order they are offered.</summary>
    public IReadOnlyList<ICloud> All { get; } = [.. clouds];

    /// <summary>The cloud of that name; null when accounts of none can be connected.</summary>
    public ICloud? Find(string name) => All.FirstOrDefault(cloud => cloud.Name == name);
}
