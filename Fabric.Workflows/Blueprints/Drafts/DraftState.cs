namespace Fabric.Workflows.Blueprints.Drafts;

/// <summary>A draft as it stands, and what undo and redo would do.</summary>
/// <param name="Name">Slug of the blueprint.</param>
/// <param name="Text">Byte for byte.</param>
/// <param name="Version">Raised by each change.</param>
/// <param name="UpdatedAt">UTC of the last change.</param>
/// <param name="UpdatedBy">Name of who made it.</param>
/// <param name="UndoLabel">What undo would take back; null when there is nothing.</param>
/// <param name="RedoLabel">What redo would do again; null when there is nothing.</param>
public sealed record DraftState(string Name, string Text, int Version, DateTimeOffset UpdatedAt, string UpdatedBy, string? UndoLabel, string? RedoLabel);

/// <summary>A change to be saved.</summary>
/// <param name="Text">The text after it.</param>
/// <param name="Expected">The draft's version it was made on; null to not care.</param>
/// <param name="Label">What undo calls it: <c>Add storage</c>.</param>
/// <param name="MergeKey">Changes with one key in quick succession are one step of undo; null for a step of its own.</param>
public sealed record DraftWrite(string Text, int? Expected, string Label, string? MergeKey = null);

/// <summary>A draft was changed, by whomever.</summary>
/// <param name="Name">Slug of the blueprint.</param>
/// <param name="Version">The draft's version after the change.</param>
/// <param name="By">Name of who made it.</param>
/// <param name="Label">What it was: <c>Add storage</c>.</param>
public sealed record DraftNews(string Name, int Version, string By, string Label);
