using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Blueprints.Drafts;
using Fabric.Workflows.Blueprints.Editing;
using Fabric.Workflows.Catalog;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Tenancy;

namespace Fabric.Web.Designer.Session;

/// <summary>
/// One person's sight of a draft. Every edit is made on the newest text this page knows and saved before it counts as done; edits wait
/// for one another. When somebody else was faster nothing is saved, and <see cref="Clash"/> holds both sides until the person decides.
/// </summary>
/// <param name="book">Where the draft is.</param>
/// <param name="library">What it may extend, and the catalog.</param>
/// <param name="asNow">The person as the directory knows them now; null when it does not any more.</param>
/// <param name="name">Slug of the blueprint.</param>
public sealed class DesignerSession(DraftBook book, BlueprintLibrary library, Func<Task<Actor?>> asNow, string name)
{
    private Task turn = Task.CompletedTask;
    private IReadOnlyDictionary<string, string> bases = new Dictionary<string, string>();

    /// <summary>The draft as it is saved; null before <see cref="OpenAsync"/> found it.</summary>
    public DraftState? Saved { get; private set; }

    /// <summary>The newest text that could be read; edits on the canvas are made on it.</summary>
    public Draft? Draft { get; private set; }

    /// <summary>What the canvas shows: the newest text that could be read.</summary>
    public CanvasModel? Canvas { get; private set; }

    /// <summary>The draft compiled; null while it has faults.</summary>
    public CompiledBlueprint? Compiled { get; private set; }

    /// <summary>What is wrong with the draft as it is saved.</summary>
    public IReadOnlyList<Fault> Problems { get; private set; } = [];

    /// <summary>Whether the saved text can be read at all; while it cannot, only the text can be edited.</summary>
    public bool Readable { get; private set; }

    /// <summary>A change that could not be saved because somebody else was faster; null when there is none.</summary>
    public Clash? Clash { get; private set; }

    /// <summary>Slug of the blueprint.</summary>
    public string Name => name;

    /// <summary>The entity types there are.</summary>
    public EntityCatalog Catalog => library.Catalog;

    /// <summary>Reads the draft; false when there is none.</summary>
    public async Task<bool> OpenAsync(CancellationToken ct)
    {
        if (await book.OpenAsync(name, ct) is not { } state)
            return false;
        bases = await library.TextsAsync(ct);
        Take(state);
        return true;
    }

    /// <summary>Makes a change on the canvas or in the inspector.</summary>
    /// <returns>Why it was not made; empty when it was, or when there is a <see cref="Clash"/> to decide.</returns>
    public Task<IReadOnlyList<string>> DoAsync(DraftEdit edit, CancellationToken ct) => OneByOneAsync(async () =>
    {
        if (Clash is not null)
            return Undecided;
        if (Draft is not { } draft || !Readable)
            return ["The text cannot be read as it stands; mend it first, then draw."];
        var result = edit.Apply(draft);
        if (result.Text is not { } text)
            return [.. result.Faults.Select(fault => fault.Message)];
        return text.Text == draft.Text.Text ? [] : await SaveAsync(Saved!.Text, new DraftWrite(text.Text, Saved.Version, edit.Label, edit.MergeKey), edit, ct);
    });

    /// <summary>Saves the text as it was typed, right or wrong.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="on">The draft that was typed on.</param>
    /// <param name="ct">Gives up before anything is written.</param>
    public Task<IReadOnlyList<string>> WriteTextAsync(string text, DraftState on, CancellationToken ct) => OneByOneAsync(() =>
        Clash is not null ? Task.FromResult(Undecided)
        : text == Saved!.Text ? Task.FromResult<IReadOnlyList<string>>([]) : SaveAsync(on.Text, new DraftWrite(text, on.Version, "Edit the text", "text"), null, ct));

    /// <summary>Takes the last change back.</summary>
    public Task<IReadOnlyList<string>> UndoAsync(CancellationToken ct) => OneByOneAsync(async () =>
        Clash is not null ? Undecided : await asNow() is { } actor ? Taken(await book.UndoAsync(actor, name, Saved!.Version, ct)) : Refused());

    /// <summary>Makes it again.</summary>
    public Task<IReadOnlyList<string>> RedoAsync(CancellationToken ct) => OneByOneAsync(async () =>
        Clash is not null ? Undecided : await asNow() is { } actor ? Taken(await book.RedoAsync(actor, name, Saved!.Version, ct)) : Refused());

    /// <summary>Reads what somebody else did, to the draft or to what it extends. A text that is typed here and not saved yet is the editor's affair.</summary>
    /// <returns>Whether there was anything new.</returns>
    public async Task<bool> FollowAsync(CancellationToken ct)
    {
        var news = false;
        await OneByOneAsync(async () =>
        {
            var texts = await library.TextsAsync(ct);
            var moved = Draft?.Text.IsDerived is true && texts.Any(text => bases.GetValueOrDefault(text.Key) != text.Value);
            bases = texts;
            if (await book.OpenAsync(name, ct) is { } state && (moved || state.Version != Saved?.Version))
            {
                Take(state);
                news = true;
            }

            return [];
        });
        return news;
    }

    /// <summary>A text that was typed on an older draft and never saved: both sides are shown.</summary>
    public void Recover(string text)
    {
        if (Clash is null && Saved is { } saved && saved.Text != text)
            Clash = new Clash("Text that could not be saved", text, saved.Text, saved.Version, saved.UpdatedBy, null);
    }

    /// <summary>Ends a clash: keeps theirs, makes mine on top of theirs, or replaces theirs by mine.</summary>
    public Task<IReadOnlyList<string>> DecideAsync(ClashChoice choice, CancellationToken ct) => OneByOneAsync(async () =>
    {
        if (Clash is not { } clash)
            return [];
        Clash = null;
        if (await book.OpenAsync(name, ct) is not { } theirs)
            return ["The blueprint is gone."];
        Take(theirs);
        switch (choice)
        {
            case ClashChoice.Theirs:
                return [];
            case ClashChoice.OnTop when clash.OnTop is { } merged:
                return await SaveAsync(clash.Theirs, new DraftWrite(merged, clash.Version, clash.Label), null, ct);
            case ClashChoice.Mine:
                return await SaveAsync(clash.Theirs, new DraftWrite(clash.Mine, clash.Version, clash.Label), null, ct);
            default:
                Clash = clash;
                return ["The two changes touch the same lines, so one of them has to be chosen."];
        }
    });

    private async Task<IReadOnlyList<string>> SaveAsync(string before, DraftWrite write, DraftEdit? edit, CancellationToken ct)
    {
        if (await asNow() is not { } actor)
            return Refused();
        var saved = await book.WriteAsync(actor, name, write, ct);
        if (saved.Faults is not [{ Kind: FaultKind.PreconditionFailed }])
            return Taken(saved);
        if (await book.OpenAsync(name, ct) is { } theirs)
        {
            // What the edit means on their text, where that can be read; otherwise what can be said of the two texts.
            var onTop = (edit is not null && Drawn(theirs.Text) is { } drawn ? edit.Apply(drawn).Text?.Text : null) ?? Merge.Of(before, write.Text, theirs.Text);
            Clash = new Clash(write.Label, write.Text, theirs.Text, theirs.Version, theirs.UpdatedBy, onTop == theirs.Text ? null : onTop);
        }

        return [];
    }

    private IReadOnlyList<string> Taken(Outcome<DraftState> outcome)
    {
        if (!outcome.Succeeded)
            return [.. outcome.Faults.Select(fault => fault.Message)];
        Take(outcome.Value);
        return [];
    }

    private void Take(DraftState state)
    {
        Saved = state;
        var compiled = library.Compile(name, state.Text, bases);
        (Compiled, Problems) = (compiled.Blueprint, compiled.Faults);
        var drawn = Drawn(state.Text);
        Readable = drawn is not null;
        if (drawn is null)
            return;
        Draft = drawn;
        Canvas = CanvasModel.Of(drawn);
    }

    private Draft? Drawn(string text) =>
        BlueprintText.Parse(text, $"{name}.yaml").Text is { } read ? new Draft(read, Catalog, other => bases.GetValueOrDefault(other)) : null;

    private static IReadOnlyList<string> Undecided { get; } = ["Decide first about the change that was not saved."];

    private static IReadOnlyList<string> Refused() => ["You may not change blueprints any more. Nothing was saved."];

    private async Task<IReadOnlyList<string>> OneByOneAsync(Func<Task<IReadOnlyList<string>>> deed)
    {
        var done = new TaskCompletionSource();
        await Interlocked.Exchange(ref turn, done.Task);
        try
        {
            return await deed();
        }
        finally
        {
            done.SetResult();
        }
    }
}
