namespace Fabric.Workflows.Blueprints.Editing;

/// <summary>Several changes as one step of undo: all are made, or none.</summary>
/// <param name="What">What undo calls it.</param>
/// <param name="Edits">In order; each sees what the one before made.</param>
public sealed record Sequence(string What, IReadOnlyList<DraftEdit> Edits) : DraftEdit(What)
{
    /// <inheritdoc/>
    public override TextResult Apply(Draft draft) =>
        TextResults.Start(draft.Text).Each(Edits, (text, edit) => edit.Apply(draft.With(text)));
}
