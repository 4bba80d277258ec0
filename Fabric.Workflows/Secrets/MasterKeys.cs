namespace Fabric.Workflows.Secrets;

/// <summary>The master key in force, and during a rotation the one before.</summary>
/// <param name="Current">Wraps from now on.</param>
/// <param name="Previous">Still opens; null outside a rotation.</param>
public sealed record MasterKeys(MasterKey Current, MasterKey? Previous = null)
{
    /// <summary>The key of that id; null when it is neither.</summary>
    public MasterKey? Find(string id) => Current.Id == id ? Current : Previous?.Id == id ? Previous : null;
}
