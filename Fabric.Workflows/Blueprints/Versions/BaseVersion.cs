namespace Fabric.Workflows.Blueprints;

/// <summary>A blueprint that a derived one was compiled with.</summary>
/// <param name="Name">Slug of the base.</param>
/// <param name="Version">The published version whose text was taken; 0 for the draft of a base that was never published.</param>
public sealed record BaseVersion(string Name, int Version);
