namespace Fabric.Workflows.Blueprints.Sync;

/// <summary>A file of a folder that is brought in.</summary>
/// <param name="Path">Relative to the folder, with forward slashes.</param>
/// <param name="Name">The blueprint it is; empty when it says none.</param>
/// <param name="Text">What stands in it.</param>
/// <param name="Refusal">Why it cannot be taken; null when it can.</param>
public sealed record SyncFile(string Path, string Name, string Text, string? Refusal);
