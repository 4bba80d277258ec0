using Fabric.Workflows.Audit;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Workflows.Blueprints.Drafts;

/// <summary>
/// Drafts as people edit them: every change is durable before the next, is one step of undo, and is refused when somebody else was
/// faster. Undo and redo belong to the draft, not to a page, and survive both.
/// </summary>
public sealed class DraftBook(DirectoryStore directory, DraftFeed feed, TimeProvider time)
{
    /// <summary>Most characters of a draft; the API takes no more bytes either.</summary>
    public const int LargestText = 1024 * 1024;

    /// <summary>The draft as it stands; null when there is none.</summary>
    public async Task<DraftState?> OpenAsync(string name, CancellationToken ct)
    {
        await using var db = directory.Open(TenantScope.All);
        return await db.Blueprints.AsNoTracking().SingleOrDefaultAsync(b => b.Name == name, ct) is { } draft ? await StateAsync(db, draft, ct) : null;
    }

    /// <summary>Saves a change, faults of the text and all.</summary>
    /// <returns><see cref="FaultKind.PreconditionFailed"/> when the draft is no longer the one it was made on; nothing is written then.</returns>
    public Task<Outcome<DraftState>> WriteAsync(Actor actor, string name, DraftWrite write, CancellationToken ct) =>
        write.Text.Length > LargestText
            ? Task.FromResult<Outcome<DraftState>>(new OperationFault(FaultKind.Invalid, "TooLarge", $"A draft has at most {LargestText / 1024} KiB of text; this one would have {write.Text.Length / 1024}. Nothing was saved.", "text"))
            : ChangeAsync(actor, name, write.Expected, async (db, draft) => (await DraftSteps.WriteAsync(db, draft, name, write, actor.Name, time.GetUtcNow(), ct), write.Label), ct);

    /// <summary>Takes the last change back, whoever made it.</summary>
    public Task<Outcome<DraftState>> UndoAsync(Actor actor, string name, int expected, CancellationToken ct) =>
        ChangeAsync(actor, name, expected, (db, draft) => MoveAsync(db, draft, back: true, actor, ct), ct);

    /// <summary>Makes the change again that was taken back last.</summary>
    public Task<Outcome<DraftState>> RedoAsync(Actor actor, string name, int expected, CancellationToken ct) =>
        ChangeAsync(actor, name, expected, (db, draft) => MoveAsync(db, draft, back: false, actor, ct), ct);

    private async Task<(BlueprintRecord Draft, string Label)?> MoveAsync(DirectoryDb db, BlueprintRecord draft, bool back, Actor actor, CancellationToken ct)
    {
        var (undo, redo) = await DraftSteps.AroundAsync(db, draft, ct);
        if ((back ? undo : redo) is not { } step)
            return null;
        var change = new TextChange(step.Start, step.Removed, step.Inserted);
        var moved = draft with
        {
            Draft = back ? change.Revert(draft.Draft) : change.Apply(draft.Draft),
            DraftVersion = draft.DraftVersion + 1,
            StepsDone = draft.StepsDone + (back ? -1 : 1),
            UpdatedAt = time.GetUtcNow(),
            UpdatedBy = actor.Name,
        };
        db.Update(moved);
        return (moved, $"{(back ? "Undo" : "Redo")}: {step.Label}");
    }

    private async Task<Outcome<DraftState>> ChangeAsync(
        Actor actor, string name, int? expected, Func<DirectoryDb, BlueprintRecord, Task<(BlueprintRecord Draft, string Label)?>> change, CancellationToken ct)
    {
        if (!Rights.Has(actor.Role, Right.Design))
            return new OperationFault(FaultKind.Forbidden, "Forbidden", $"The role {actor.Role} may look at blueprints and not change them.");
        OperationFault? refused = null;
        DraftNews? news = null;
        await directory.WriteAsync(
            async db =>
            {
                var draft = await db.Blueprints.AsNoTracking().SingleOrDefaultAsync(b => b.Name == name, ct);
                refused = draft is null ? new OperationFault(FaultKind.NotFound, "NotFound", $"There is no blueprint {name}.")
                    : expected is { } seen && seen != draft.DraftVersion ? Stale(draft, seen)
                    : null;
                if (refused is not null || await change(db, draft!) is not var (changed, label))
                    return [];
                news = new DraftNews(name, changed.DraftVersion, actor.Name, label);
                return [AuditEvent.Of(actor, Actor.VendorTenant, "blueprint.draft", $"blueprint/{name}", $"Draft of {name}: {label}.", time.GetUtcNow())];
            },
            ct);
        if (refused is { } fault)
            return fault;
        if (news is not null)
            feed.Tell(news);
        return (await OpenAsync(name, ct))!;
    }

    private static OperationFault Stale(BlueprintRecord draft, int seen) => new(
        FaultKind.PreconditionFailed, "DraftChanged", $"{draft.UpdatedBy} changed the draft of {draft.Name} in the meantime: it is at {draft.DraftVersion}, not {seen}. Nothing of yours was saved over it.");

    private static async Task<DraftState> StateAsync(DirectoryDb db, BlueprintRecord draft, CancellationToken ct)
    {
        var (undo, redo) = await DraftSteps.AroundAsync(db, draft, ct);
        return new DraftState(draft.Name, draft.Draft, draft.DraftVersion, draft.UpdatedAt, draft.UpdatedBy, undo?.Label, redo?.Label);
    }
}
