namespace Fabric.Workflows.Blueprints.Editing;

/// <summary>
/// Everything done to a draft since it was opened, property edits included. Undo and redo give back the very text. Not safe for use from
/// two threads at once.
/// </summary>
/// <param name="opened">The text it starts from.</param>
public sealed class EditHistory(BlueprintText opened)
{
    /// <summary>Edits with one key that come closer together than this are one step.</summary>
    public static readonly TimeSpan Together = TimeSpan.FromSeconds(2);

    private const int Most = 500;
    private readonly List<Entry> entries = [];
    private int done;

    /// <summary>The text as it stands.</summary>
    public BlueprintText Text { get; private set; } = opened;

    /// <summary>What undo would take back; null when there is nothing.</summary>
    public string? UndoLabel => done > 0 ? entries[done - 1].Label : null;

    /// <summary>What redo would do again; null when there is nothing.</summary>
    public string? RedoLabel => done < entries.Count ? entries[done].Label : null;

    /// <summary>Makes a change, which forgets what was undone before it.</summary>
    /// <param name="edit">The change.</param>
    /// <param name="draft">The surroundings; its text is replaced by <see cref="Text"/>.</param>
    /// <param name="now">UTC; decides which edits are one step.</param>
    /// <returns>Faults when it is not possible; the text is as before then.</returns>
    public IReadOnlyList<Fault> Do(DraftEdit edit, Draft draft, DateTimeOffset now)
    {
        var result = edit.Apply(draft.With(Text));
        if (result.Text is not { } text || text.Text == Text.Text)
            return result.Faults;
        entries.RemoveRange(done, entries.Count - done);
        if (done > 0 && edit.MergeKey is { } key && entries[done - 1] is { Key: { } last } before && last == key && now - before.At < Together)
            entries[done - 1] = before with { After = text, At = now };
        else
            entries.Add(new Entry(edit.Label, edit.MergeKey, Text, text, now));
        if (entries.Count > Most)
            entries.RemoveAt(0);
        done = entries.Count;
        Text = text;
        return [];
    }

    /// <summary>Takes the last change back; false when there is none.</summary>
    public bool Undo()
    {
        if (done == 0)
            return false;
        Text = entries[--done].Before;
        return true;
    }

    /// <summary>Makes the change again that was taken back last; false when there is none.</summary>
    public bool Redo()
    {
        if (done == entries.Count)
            return false;
        Text = entries[done++].After;
        return true;
    }

    private sealed record Entry(string Label, string? Key, BlueprintText Before, BlueprintText After, DateTimeOffset At);
}
