namespace Fabric.Web.Controls;

/// <summary>How a node looks now.</summary>
/// <param name="State">Name of its state.</param>
/// <param name="Line">What matters about it: version, region, replicas.</param>
/// <param name="Percent">0 to 100 while working; 0 when nobody counts.</param>
/// <param name="Drifted">What stands differs from what was deployed.</param>
public sealed record NodePaint(string State, string Line, int Percent, bool Drifted)
{
    /// <summary>A node nobody has painted.</summary>
    public static NodePaint Empty { get; } = new("Pending", "", 0, false);
}
