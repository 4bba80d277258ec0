using Fabric.Workflows.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Workflows.Blueprints.Drafts;

/// <summary>The rows that undo and redo are made of. A new change forgets what was undone before it.</summary>
internal static class DraftSteps
{
    /// <summary>Changes with one key that come closer together than this are one step.</summary>
    public static readonly TimeSpan Together = TimeSpan.FromSeconds(2);

    /// <summary>Steps that are kept for each draft; older ones can no longer be undone.</summary>
    public const int Most = 500;

    /// <summary>Adds or updates the draft's row and its newest step; nothing is saved yet.</summary>
    /// <param name="db">The directory, in a transaction.</param>
    /// <param name="before">The row as it stands; null for a new draft, whose first text is where undo ends.</param>
    /// <param name="name">Slug of the blueprint.</param>
    /// <param name="write">The change.</param>
    /// <param name="by">Name of who makes it.</param>
    /// <param name="now">UTC.</param>
    /// <param name="ct">Stops before anything is written.</param>
    public static async Task<BlueprintRecord> WriteAsync(DirectoryDb db, BlueprintRecord? before, string name, DraftWrite write, string by, DateTimeOffset now, CancellationToken ct)
    {
        var draft = new BlueprintRecord
        {
            Name = name,
            Draft = write.Text,
            DraftVersion = (before?.DraftVersion ?? 0) + 1,
            UpdatedAt = now,
            UpdatedBy = by,
            StepsDone = before?.StepsDone ?? 0,
        };
        if (before is null)
        {
            db.Add(draft);
            return draft;
        }

        var change = TextChange.Between(before.Draft, write.Text);
        if (!change.IsEmpty)
            draft = draft with { StepsDone = await AddAsync(db, before, change, write, by, now, ct) };
        db.Update(draft);
        return draft;
    }

    /// <summary>The steps next to where the draft stands: the one undo takes back and the one redo does again.</summary>
    public static async Task<(DraftStep? Undo, DraftStep? Redo)> AroundAsync(DirectoryDb db, BlueprintRecord draft, CancellationToken ct)
    {
        var near = await db.DraftSteps.AsNoTracking()
            .Where(step => step.Name == draft.Name && (step.Number == draft.StepsDone || step.Number == draft.StepsDone + 1)).ToListAsync(ct);
        return (near.Find(step => step.Number == draft.StepsDone), near.Find(step => step.Number == draft.StepsDone + 1));
    }

    private static async Task<int> AddAsync(DirectoryDb db, BlueprintRecord before, TextChange change, DraftWrite write, string by, DateTimeOffset now, CancellationToken ct)
    {
        var (last, _) = await AroundAsync(db, before, ct);
        db.RemoveRange(await db.DraftSteps.Where(step => step.Name == before.Name && (step.Number > before.StepsDone || step.Number <= before.StepsDone + 1 - Most)).ToListAsync(ct));
        if (last is not null && write.MergeKey is { } key && last.MergeKey == key && last.By == by && now - last.At < Together)
        {
            var merged = new TextChange(last.Start, last.Removed, last.Inserted).Then(change, write.Text);
            db.Update(last with { Start = merged.Start, Removed = merged.Removed, Inserted = merged.Inserted, At = now });
            return last.Number;
        }

        db.Add(new DraftStep
        {
            Name = before.Name,
            Number = before.StepsDone + 1,
            Label = write.Label,
            MergeKey = write.MergeKey,
            Start = change.Start,
            Removed = change.Removed,
            Inserted = change.Inserted,
            At = now,
            By = by,
        });
        return before.StepsDone + 1;
    }
}
