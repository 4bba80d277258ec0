namespace Fabric.Workflows.Blueprints.Sync;

/// <summary>What became of a file.</summary>
public enum SyncResult
{
    /// <summary>There was no such blueprint.</summary>
    New,

    /// <summary>The draft was another.</summary>
    Changed,

    /// <summary>The draft was this already.</summary>
    Unchanged,

    /// <summary>It was not taken.</summary>
    Refused,
}

/// <summary>One line of the report.</summary>
/// <param name="Path">The file.</param>
/// <param name="Name">The blueprint; empty when the file says none.</param>
/// <param name="Result">What became of it.</param>
/// <param name="Notes">What changed, or why it was refused.</param>
/// <param name="Faults">What is wrong with a text that was taken.</param>
/// <param name="Version">The version it was published as; null when it was not.</param>
public sealed record SyncLine(string Path, string Name, SyncResult Result, IReadOnlyList<string> Notes, IReadOnlyList<string> Faults, int? Version = null)
{
    /// <summary>A line about a file that was not taken.</summary>
    public static SyncLine Refused(SyncFile file, params IReadOnlyList<string> why) => new(file.Path, file.Name, SyncResult.Refused, why, []);
}

/// <summary>What to do beside bringing drafts in.</summary>
/// <param name="Publish">Publish what changed, with this message; null to leave drafts.</param>
/// <param name="DryRun">Only say what would be done.</param>
/// <param name="Force">Overwrite drafts that hold somebody's unpublished edits.</param>
public sealed record SyncWish(string? Publish = null, bool DryRun = false, bool Force = false);
